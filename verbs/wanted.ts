import type { Wanted } from './diagnose';
import { controllersOf, type Expected } from './expected';
import { requiredSecrets } from './secrets';

/** What a diagnosis compares the cluster with. */
export function wantedOf(expected: Expected): Wanted {
  const { config, keep } = expected;
  return {
    namespace: config.namespace,
    controllers: controllersOf(expected).map(({ kind, metadata: { name }, spec }) => ({
      kind,
      name,
      replicas: (spec as { replicas?: number }).replicas ?? 1,
    })),
    claims: keep.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata: { name } }) => name),
    secrets: requiredSecrets(expected),
  };
}
