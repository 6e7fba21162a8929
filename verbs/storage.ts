import { type Expected, storageClasses } from './expected';
import type { Kubectl } from './kubectl';
import type { Claim, Meta } from './objects';
import { OURS } from './ownership';
import type { VerbProblem } from './terminal';

interface StorageClass extends Meta {
  readonly provisioner: string;
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** StorageClasses of the claims that the cluster does not have. Bound claims no longer need a class. */
export async function unusableStorage(kubectl: Kubectl, expected: Expected): Promise<VerbProblem[]> {
  const { namespace } = expected.config;
  const answer = await kubectl.allowed(['get', 'storageclass', '-o', 'json', '--request-timeout=10s']);
  // Without the permission to list StorageClasses, the events of the claims show the problem later.
  if (answer === null) return [];
  const classes = (JSON.parse(answer) as { items: readonly StorageClass[] }).items;
  const claims = await kubectl.list<Claim>('persistentvolumeclaims', '-n', namespace, '-l', OURS);
  if (claims.length > 0 && claims.every(({ status }) => status?.phase === 'Bound')) return [];
  const names = classes.map(({ metadata }) => metadata.name).join(', ');
  return [...storageClasses(expected)].flatMap((className) => {
    const usable = classes.some(({ metadata: { name, annotations } }) =>
      className === null ? annotations?.[DEFAULT_CLASS] === 'true' : name === className,
    );
    if (usable) return [];
    const what =
      className === null
        ? `the cluster has no default StorageClass; it has ${names === '' ? 'none' : names}`
        : `the cluster has no StorageClass ${className}; it has ${names === '' ? 'none' : names}`;
    const fix =
      names === ''
        ? "install a provisioner, such as Rancher's local-path-provisioner or the CSI driver of your cloud"
        : 'set storage.className in the environment file to one of these names';
    return [{ what, fix }];
  });
}
