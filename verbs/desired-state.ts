import { podOf } from '../stack/checks/manifest';
import type { Commands } from './commands';
import { controllersOf, type Expected, hasNoPods } from './expected';
import type { DesiredState } from './finding';
import { requiredSecrets } from './secrets';
import { placesOf } from './state';

/** What a diagnosis compares the cluster with. */
export function desiredState(expected: Expected, commands: Commands): DesiredState {
  const { config, keep } = expected;
  return {
    ...placesOf(config),
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
