/** The rights that a backup and a restore need in the stack's namespace, checked before either starts anything. */
import { quoted } from '../commands';
import type { Kubectl } from '../kubectl';
import { missingRights, nameOf, type Right, userOf } from '../permissions';
import { VerbError } from '../terminal';

/** A right in the stack's namespace. */
export type RightInStack = Omit<Right, 'namespace'>;

/** @param path of the resource, as `pods/exec` */
const right = (group: string, path: string, ...verbs: readonly string[]): readonly RightInStack[] => {
  const [resource = '', subresource] = path.split('/');
  return verbs.map((verb) => ({ group, resource, ...(subresource !== undefined && { subresource }), verb }));
};

/**
 * What `kubectl` asks the API server for: `apply`, `wait`, `exec`, `port-forward` and `delete` of pods that copy, `patch` and
 * `rollout status` of the programs that are stopped, the lists of what there is, and the Lease.
 */
export const BACKUP_RIGHTS: readonly RightInStack[] = [
  ...right('', 'pods', 'get', 'list', 'watch', 'create', 'patch', 'delete'),
  ...right('', 'pods/exec', 'create'),
  ...right('', 'pods/portforward', 'create'),
  ...right('', 'persistentvolumeclaims', 'list'),
  ...right('apps', 'deployments', 'get', 'list', 'watch', 'patch'),
  ...right('apps', 'statefulsets', 'get', 'list', 'watch', 'patch'),
  ...right('apps', 'daemonsets', 'list'),
  ...right('coordination.k8s.io', 'leases', 'get', 'create', 'patch'),
];

/** What a restore needs besides what `monitor-up` needs: also the administrator's Secret, and Alertmanager for the silences. */
export const RESTORE_RIGHTS: readonly RightInStack[] = [
  ...BACKUP_RIGHTS,
  ...right('', 'secrets', 'get', 'create', 'patch', 'delete'),
  ...right('', 'services', 'get'),
  ...right('discovery.k8s.io', 'endpointslices', 'list'),
];

/** These rights in a namespace. */
export const rightsIn = (namespace: string, rights: readonly RightInStack[]): readonly Right[] =>
  rights.map((each) => ({ ...each, namespace }));

/** @throws VerbError with every right that is missing */
export async function requireRights(
  kubectl: Kubectl,
  namespace: string,
  rights: readonly RightInStack[],
): Promise<void> {
  const missing = await missingRights(kubectl, rightsIn(namespace, rights));
  if (missing.length === 0) return;
  const user = await userOf(kubectl);
  const binding = `-n ${namespace} create rolebinding monitor-backup --clusterrole=edit --user=${quoted(user)}`;
  throw new VerbError([
    {
      what: `user ${user} cannot ${missing.map(nameOf).join(', ')} in namespace ${namespace}`,
      fix: `ask a cluster administrator for the ClusterRole edit in that namespace: ${kubectl.commands.kubectl(binding)}`,
    },
  ]);
}
