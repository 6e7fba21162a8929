/** One connection that a configuration needs. */
export interface Need {
  /** Name of one of our pods; null: any pod of Jan Server's namespace. */
  readonly from: string | null;
  readonly to:
    | { readonly kind: 'pod'; readonly name: string; readonly port: number; readonly protocol?: 'UDP' }
    | JanPod
    | PodElsewhere
    | { readonly kind: 'outside'; readonly port: number };
}

/** A pod of another namespace. */
export interface PodElsewhere {
  readonly kind: 'elsewhere';
  readonly namespace: string;
  /** @default - any */
  readonly labels?: Readonly<Record<string, string>>;
  readonly port: number;
}

/** A pod of Jan Server, which configurations refer to and manifests do not contain. */
export interface JanPod {
  readonly kind: 'jan';
  readonly namespace: string;
  readonly component: string;
  readonly port: number;
}
