/** A key of a Secret that exists in the stack's namespace. Only its name is ever written; the value never is. */
export interface SecretKey {
  /** Name of the Secret. */
  readonly name: string;
  /** The key inside that Secret. */
  readonly key: string;
}
