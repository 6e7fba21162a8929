import { type Expected, storageClasses } from './expected';
import type { Kubectl } from './kubectl';
import type { Claim, Meta } from './objects';
import { OURS } from './state';
import type { Trouble } from './terminal';

interface StorageClass extends Meta {
  readonly provisioner: string;
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** StorageClasses that claims name, and the cluster does not have. Claims that are bound need no class any more. */
export async function unusableStorage(kubectl: Kubectl, expected: Expected): Promise<Trouble[]> {
  const { namespace } = expected.config;
  const answer = await kubectl.allowed(['get', 'storageclass', '-o', 'json', '--request-timeout=10s']);
  // Not everyone may list what is not in a namespace; then the claims' own events say it later.
  if (answer === null) return [];
  const classes = (JSON.parse(answer) as { items: readonly StorageClass[] }).items;
  const claims = await kubectl.list<Claim>('persistentvolumeclaims', '-n', namespace, '-l', OURS);
  if (claims.length > 0 && claims.every(({ status }) => status?.phase === 'Bound')) return [];
  const names = classes.map(({ metadata }) => metadata.name).join(', ');
  return [...storageClasses(expected)].flatMap((wanted) => {
    const usable = classes.some(({ metadata: { name, annotations } }) =>
      wanted === null ? annotations?.[DEFAULT_CLASS] === 'true' : name === wanted,
    );
    if (usable) return [];
    const what =
      wanted === null
        ? `the cluster has no default StorageClass; it has ${names === '' ? 'none at all' : names}`
        : `the cluster has no StorageClass ${wanted}; it has ${names === '' ? 'none at all' : names}`;
    const fix =
      names === ''
        ? "install a provisioner, as Rancher's local-path-provisioner, or the CSI driver of your cloud"
        : 'storage.className in the environment file, with one of these names';
    return [{ what, fix }];
  });
}
