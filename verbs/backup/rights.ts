/** The rights that a backup needs, checked before it starts anything. */
import { quoted } from '../commands';
import type { Kubectl } from '../kubectl';
import { missingRights, type Right, userOf } from '../permissions';
import { VerbError } from '../terminal';

const right = (resource: string, ...verbs: readonly string[]) => ({ group: '', resource, verbs });
const apps = (resource: string, ...verbs: readonly string[]) => ({ group: 'apps', resource, verbs });

/**
 * What `kubectl` asks the API server for: `apply`, `wait`, `exec`, `port-forward` and `delete` of pods that copy, `patch` and
 * `rollout status` of the program that is stopped, and the lists of what there is.
 */
const NEEDED = [
  right('pods', 'get', 'list', 'watch', 'create', 'patch', 'delete'),
  right('pods/exec', 'create'),
  right('pods/portforward', 'create'),
  right('persistentvolumeclaims', 'list'),
  apps('deployments', 'get', 'list', 'watch', 'patch'),
  apps('statefulsets', 'list'),
  apps('daemonsets', 'list'),
];

const rightsIn = (namespace: string): readonly Right[] =>
  NEEDED.flatMap(({ group, resource: path, verbs }) => {
    const [resource = '', subresource] = path.split('/');
    const place = { group, resource, ...(subresource !== undefined && { subresource }), namespace };
    return verbs.map((verb) => ({ ...place, verb }));
  });

/** @throws VerbError with every right that is missing */
export async function requireRights(kubectl: Kubectl, namespace: string): Promise<void> {
  const missing = await missingRights(kubectl, rightsIn(namespace));
  if (missing.length === 0) return;
  const user = await userOf(kubectl);
  const nameOf = ({ resource, subresource }: Right) =>
    subresource === undefined ? resource : `${resource}/${subresource}`;
  const names = missing.map((each) => `${each.verb} ${nameOf(each)}`);
  const binding = `-n ${namespace} create rolebinding monitor-backup --clusterrole=edit --user=${quoted(user)}`;
  throw new VerbError([
    {
      what: `user ${user} cannot ${names.join(', ')} in namespace ${namespace}`,
      fix: `ask a cluster administrator for the ClusterRole edit in that namespace: ${kubectl.commands.kubectl(binding)}`,
    },
  ]);
}
