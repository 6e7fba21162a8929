import type { Commands } from './commands';
import type { SecretUse } from './secrets';
import type { Places } from './state';

/** A part of the stack that does not work, why, and what to do. */
export interface Finding {
  /** The part, as `Deployment/grafana`. */
  readonly part: string;
  readonly cause: string;
  /** What to do. */
  readonly next: string;
  /** The container whose last lines of log say more; undefined where there are none. */
  readonly log?: {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
    readonly previous: boolean;
  };
}

/** What ought to be there. */
export interface Wanted extends Places {
  /** The workloads, by kind and name; null replicas: as many as there are nodes for it. */
  readonly controllers: readonly { readonly kind: string; readonly name: string; readonly replicas: number | null }[];
  /** Names of the claims. */
  readonly claims: readonly string[];
  /** Secrets that must be there, by name. */
  readonly secrets: ReadonlyMap<string, SecretUse>;
  /** How the next step is written. */
  readonly commands: Commands;
}
