/** What a backup and a restore need in the stack's namespace: checked before anything starts. The ClusterRole admin has all of it. */
import type { Right } from '../permissions';

const of = (group: string, resource: string, ...verbs: readonly string[]): readonly Right[] =>
  verbs.map((verb) => ({ group, resource, verb }));

const onPods = (subresource: string, verb: string): Right => ({ group: '', resource: 'pods', subresource, verb });

/** What `monitor-backup` needs. Secrets and EndpointSlices are for the administrator's Secret and the silences. */
export const BACKUP_RIGHTS: readonly Right[] = [
  ...of('', 'pods', 'get', 'list', 'watch', 'create', 'patch', 'delete'),
  onPods('exec', 'create'),
  onPods('portforward', 'create'),
  onPods('log', 'get'),
  ...of('', 'events', 'list'),
  ...of('', 'services', 'get'),
  ...of('', 'persistentvolumeclaims', 'list'),
  ...of('apps', 'deployments', 'get', 'list', 'watch', 'patch'),
  ...of('apps', 'statefulsets', 'get', 'list', 'watch', 'patch'),
  ...of('coordination.k8s.io', 'leases', 'get', 'create', 'patch'),
];

/** Without these a backup leaves something out, and says so. */
export const OPTIONAL_RIGHTS: readonly Right[] = [
  ...of('', 'secrets', 'get'),
  ...of('discovery.k8s.io', 'endpointslices', 'list'),
];

/** What `monitor-restore` needs besides what `monitor-up` needs. */
export const RESTORE_RIGHTS: readonly Right[] = [
  ...BACKUP_RIGHTS,
  ...OPTIONAL_RIGHTS,
  ...of('', 'secrets', 'create', 'patch', 'delete'),
];
