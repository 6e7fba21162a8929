import type { Commands } from './commands';
import type { SecretUse } from './secrets';
import type { Places } from './state';

/** One problem. */
export interface Finding {
  /** The object, for example `Deployment/grafana`. */
  readonly part: string;
  readonly cause: string;
  /** What to do. */
  readonly next: string;
  /** The container whose last log lines explain the problem; undefined if there is none. */
  readonly log?: {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
    readonly previous: boolean;
  };
}

/** What should exist in the cluster. */
export interface DesiredState extends Places {
  /** The workloads, by kind and name; null replicas: one for each eligible node. */
  readonly controllers: readonly { readonly kind: string; readonly name: string; readonly replicas: number | null }[];
  /** Names of the claims. */
  readonly claims: readonly string[];
  /** Secrets that must exist, by name. */
  readonly secrets: ReadonlyMap<string, SecretUse>;
  /** Prints commands of the next step. */
  readonly commands: Commands;
}
