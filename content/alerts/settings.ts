import type { Slo } from '../../config/schema/slos';

/** The settings of an environment that alerts depend on. */
export interface AlertSettings {
  /** The stack's namespace. */
  readonly namespace: string;
  readonly janServer: {
    readonly namespace: string;
    readonly scrapeInterval: string;
    readonly services: readonly { readonly name: string }[];
    readonly limits: { readonly samples: number };
  } | null;
  readonly prometheus: {
    readonly scrapeInterval: string;
    readonly retention: { readonly time: string };
    readonly limits: { readonly samples: number };
    readonly remoteWrite: readonly unknown[];
    readonly alertmanagers: readonly unknown[];
  };
  readonly collector: { readonly resources: { readonly memory: string } };
  readonly jaeger: { readonly store: { readonly type: string } };
  readonly vllm: { readonly version: string } | null;
  /** Null: no backup is scheduled. */
  readonly backup: { readonly schedule: string | null; readonly destination: { readonly type: 'claim' | 's3' } };
  /** Null: the defaults. */
  readonly slos: readonly Slo[] | null;
}
