import { podOf } from '../../stack/checks/manifest';
import type { Commands } from '../commands';
import { controllersOf, type Expected, hasNoPods } from '../expected';
import { requiredSecrets, type SecretUse } from '../secrets';
import { placesOf, type Places as StackNamespaces } from '../state';
import type { At } from './cause';

/** What should exist in the cluster. */
export interface DesiredState extends StackNamespaces, At {
  /** The workloads, by kind and name; null replicas: one for each eligible node. */
  readonly controllers: readonly { readonly kind: string; readonly name: string; readonly replicas: number | null }[];
  /** Names of the claims. */
  readonly claims: readonly string[];
  /** Secrets that must exist, by name. */
  readonly secrets: ReadonlyMap<string, SecretUse>;
}

/** What a diagnosis compares the cluster with. @param commands for the next steps */
export function desiredState(expected: Expected, commands: Commands): DesiredState {
  const { config, keep, places } = expected;
  return {
    ...placesOf(config),
    places,
    controllers: controllersOf(expected).map(({ kind, metadata: { name }, spec }) => ({
      kind,
      name,
      replicas: kind === 'DaemonSet' ? null : ((spec as { replicas?: number }).replicas ?? 1),
    })),
    claims: keep
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map(({ metadata: { name } }) => name)
      .filter((name) => !isUnused(expected, name)),
    secrets: requiredSecrets(expected),
    commands,
  };
}

/** With WaitForFirstConsumer, the claim of a workload with zero replicas stays unbound. */
const isUnused = (expected: Expected, claim: string): boolean =>
  controllersOf(expected)
    .filter(hasNoPods)
    .some((workload) => JSON.stringify(podOf(workload)).includes(`"claimName":"${claim}"`));
