import { oneOf } from '../../../promql/matcher';
import type { AlertContext } from '../alert';

/** Selects objects in the namespaces of the stack and of Jan Server: these alerts ignore other pods. */
export const inOurs = ({ config: { namespace, janServer } }: AlertContext): string =>
  oneOf('namespace', [namespace, ...(janServer === null ? [] : [janServer.namespace])]);

/** Labels of a pod of the stack, for tests. */
export const podOf = ({ config: { namespace } }: AlertContext): string => `namespace="${namespace}",pod="a-0",uid="u"`;

/** Labels of a container of the stack, for tests. */
export const containerOf = (context: AlertContext): string => `${podOf(context)},container="a"`;

/** Labels of a claim of the stack, for tests. */
export const claimOf = ({ config: { namespace } }: AlertContext): string =>
  `namespace="${namespace}",persistentvolumeclaim="a"`;

/** Commands that inspect a pod: namespace and name are labels of the alert. */
export const DESCRIBE_POD = {
  look: 'Events and the last state of its containers. NAMESPACE and POD are labels of the alert.',
  command: 'kubectl describe pod -n NAMESPACE POD',
} as const;

/** The log of a container before it ended. */
export const PREVIOUS_LOG = {
  look: 'What it said before it ended.',
  command: 'kubectl logs -n NAMESPACE POD --all-containers --previous --tail=100',
} as const;

/** Prefix of the names of the CronJobs of scheduled backups, and of the claims with the copies. */
export const BACKUP_PREFIX = 'backup-';
