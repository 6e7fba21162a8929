/** What shows only while the programs run: retention, notifications, clocks; and what could not be checked. */
import { type AnyCause, type Cause, entryOf } from '../cause';

/** Data that goes earlier than `retention.time`. */
interface Retention {
  readonly time: string;
  readonly size: string;
  /** Days of data that Prometheus has. */
  readonly days: number;
}

export const RETENTION_BY_SIZE: Cause<Retention> = {
  id: 'retention-by-size',
  section: 'data',
  title: 'Prometheus deletes data before its retention time',
  meaning:
    'retention.size is reached before retention.time, and Prometheus deletes the oldest blocks. This is a remark: it does what is configured, and the exit code stays 0.',
  isRemark: true,
  found:
    'Prometheus counts the blocks that it has deleted because of their size, and its oldest sample is younger than retention.time.',
  says: ({ time, size, days }) =>
    `it keeps ${days.toFixed(1)} days, and not ${time}: retention.size of ${size} is reached first`,
  next: ({ commands, places: { environment } }) =>
    `raise prometheus.retention.size and prometheus.storage in environments/${environment}.yaml, then ${commands.make('monitor-up')}; or record less: see the panels of cardinality on the Prometheus dashboard`,
  example: ({ places }) => ({
    part: `Deployment/${places.prometheus.service}`,
    details: { time: '30d', size: '10Gi', days: 12 },
  }),
};

/** A claim with less room than `retention.size`. */
interface Room {
  readonly claim: string;
  readonly capacity: string;
  readonly size: string;
}

export const RETENTION_OVER_CLAIM: Cause<Room> = {
  id: 'retention-over-claim',
  section: 'data',
  title: 'The volume of Prometheus is smaller than its retention size',
  meaning:
    'Prometheus deletes old blocks at retention.size. On a smaller volume it never comes so far: the volume fills up, and Prometheus stops storing samples.',
  found: 'The capacity of the bound claim is compared with prometheus.retention.size.',
  says: ({ capacity, size }) => `it has ${capacity}, and prometheus.retention.size is ${size}`,
  next: ({ commands, places: { environment } }) =>
    `lower prometheus.retention.size in environments/${environment}.yaml to 80 % of the claim, or grow the claim; then ${commands.make('monitor-up')}`,
  example: ({ places: { claims } }) => {
    const claim = claims.prometheus?.name ?? 'prometheus-data';
    return { part: `PersistentVolumeClaim/${claim}`, details: { claim, capacity: '5Gi', size: '10Gi' } };
  },
};

/** Notifications that fail. */
interface Failing {
  readonly integration: string;
  /** As Alertmanager classifies it; empty: unknown. */
  readonly reason: string;
  /** The newest line of its log about it; empty: none. */
  readonly line: string;
}

export const NOTIFICATIONS_FAIL: Cause<Failing> = {
  id: 'notifications-fail',
  section: 'alerts',
  title: 'A receiver does not accept notifications',
  meaning:
    'The webhook, mail server or chat is down, its address or credential in the Secret is wrong, or no egress rule leads there. Alerts fire and reach no one.',
  found:
    'Alertmanager counts failed notifications of the last ten minutes, and its log has the reason; without Prometheus the log alone.',
  says: ({ integration, reason, line }) =>
    `notifications by ${integration} fail${reason === '' ? '' : ` (${reason})`}${line === '' ? '' : `: ${line.slice(0, 300)}`}`,
  next: ({ commands: { kubectl }, places: { namespace, alertmanager } }) =>
    `correct the address in its Secret, or repair the receiver: ${kubectl(`-n ${namespace} logs -l ${alertmanager?.selector ?? 'app.kubernetes.io/name=alertmanager'} --tail=20`)}`,
  example: () => ({
    part: 'Deployment/alertmanager',
    details: { integration: 'webhook', reason: 'other', line: 'dial tcp 10.96.7.7:80: connect: connection refused' },
  }),
};

/** A clock. */
interface Clock {
  /** Seconds; positive: ahead of the API server's. */
  readonly skew: number;
  /** Pods of the stack, or senders, that run there. */
  readonly pods: readonly string[];
}

export const CLOCK_OFF: Cause<Clock> = {
  id: 'clock-off',
  section: 'data',
  title: 'The clock of a node is wrong',
  meaning:
    'Spans and samples get the time of their node. With a wrong clock they stand outside of the time range that one looks at, Prometheus refuses samples from the future, and spans of one trace do not fit together.',
  found:
    "Each kubelet writes the time of its node into its lease, and the API server notes its own: the difference is the error of the node's clock. A difference of more than 10 seconds counts.",
  says: ({ skew, pods }) =>
    `its clock is ${Math.abs(skew).toFixed(0)} s ${skew > 0 ? 'ahead of' : 'behind'} that of the API server; it runs ${pods.slice(0, 3).join(', ')}`,
  next: () => 'let the node synchronise its clock: timedatectl set-ntp true, or start chronyd there',
  example: () => ({ part: 'Node/worker-1', details: { skew: 3600, pods: ['jan-server-llm-api-7c'] } }),
};

/** Something that was not checked. */
interface Unchecked {
  readonly resource: string;
  readonly namespace: string | null;
  readonly unchecked: string;
}

export const NOT_PERMITTED: Cause<Unchecked> = {
  id: 'not-permitted',
  section: 'checks',
  title: 'You may not read something',
  meaning: 'Your user lacks a permission, so that causes which show there are not found. This is not a pass.',
  found: 'The API server answers with Forbidden, or a forwarded port gives no answer.',
  says: ({ unchecked }) => `not checked: ${unchecked}`,
  next: ({ commands: { kubectl } }, { resource, namespace }) =>
    `ask for the permission: ${kubectl(`auth can-i list ${resource.split(',')[0]}${namespace === null ? ' --all-namespaces' : ` -n ${namespace}`}`)}`,
  example: () => ({
    part: 'Permission/storageclasses',
    details: { resource: 'storageclasses', namespace: null, unchecked: 'StorageClasses' },
  }),
};

export const DATA_CAUSES: readonly AnyCause[] = [
  ...[RETENTION_BY_SIZE].map(entryOf),
  entryOf(RETENTION_OVER_CLAIM),
  entryOf(CLOCK_OFF),
  entryOf(NOTIFICATIONS_FAIL),
  entryOf(NOT_PERMITTED),
];
