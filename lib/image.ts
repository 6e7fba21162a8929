/** An image reference as a pod takes it, and the version for its label. */
export interface Image {
  /** `registry/repository:tag`, with `@sha256:…` where a digest is configured. */
  readonly reference: string;
  /** The tag, for `app.kubernetes.io/version`. */
  readonly version: string;
}
