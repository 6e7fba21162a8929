import { podOf } from '../stack/checks/manifest';
import type { Commands } from './commands';
import type { Wanted } from './diagnosis';
import { controllersOf, type Expected, hasNoPods } from './expected';
import { requiredSecrets } from './secrets';
import { placesOf } from './state';

/** What a diagnosis compares the cluster with. */
export function wantedOf(expected: Expected, commands: Commands): Wanted {
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
      .filter((name) => !isIdle(expected, name)),
    secrets: requiredSecrets(expected),
    commands,
  };
}

/** A claim of a workload without pods is bound to no volume, where volumes are chosen for the first pod. */
const isIdle = (expected: Expected, claim: string): boolean =>
  controllersOf(expected)
    .filter(hasNoPods)
    .some((workload) => JSON.stringify(podOf(workload)).includes(`"claimName":"${claim}"`));
