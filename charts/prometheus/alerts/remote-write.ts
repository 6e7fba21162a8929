import type { AlertContext, AlertDefinition, AlertGroup, AlertRule } from '../../../content/alerts/alert';
import { hasGrown } from '../../../content/alerts/counters';
import { above, always, below, lately, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, query } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';

const LABELS = 'job="prometheus",instance="a",remote_name="b",url="c"';

/** These metrics exist only with remote write. */
const whereSent = ({ config }: AlertContext, rule: AlertRule) =>
  config.prometheus.remoteWrite.length > 0 ? [rule] : [];

const BEHIND =
  'max by (remote_name) (prometheus_remote_storage_queue_highest_timestamp_seconds) - max by (remote_name) (prometheus_remote_storage_queue_highest_sent_timestamp_seconds)';
const errors = (at: Places) =>
  logOf(at.prometheus, 'The answers of the store.', 'remote.write|non-recoverable|remote_name');

const behind: AlertDefinition = {
  name: 'RemoteWriteBehind',
  owner: 'platform',
  severity: 'critical',
  for: '15m',
  threshold: { value: 120, unit: 'seconds', min: 15, max: 7200 },
  rules: (threshold, context) =>
    whereSent(context, {
      expr: `${BEHIND} > ${threshold}`,
      summary: 'Remote write to {{ $labels.remote_name }} is {{ $value | humanizeDuration }} behind',
      description: 'Prometheus keeps about two hours of samples for it. What is older is never sent.',
    }),
  runbook: (at) => ({
    meaning: 'The long-term store takes samples more slowly than they are made, or not at all.',
    impact: 'Its newest data is missing. After about two hours the gap stays for ever.',
    check: [
      query('How far it is behind, in seconds.', BEHIND),
      query(
        'Samples that are sent again, a second.',
        'sum by (remote_name) (rate(prometheus_remote_storage_samples_retried_total[10m]))',
      ),
      query(
        'Parallel senders: those wanted, and the most there may be.',
        'prometheus_remote_storage_shards_desired / prometheus_remote_storage_shards_max',
      ),
      errors(at),
    ],
    mend: [
      'If the store is down or refuses (401, 429, 5xx), mend that side: credentials, its rate limit, its health.',
      'If it is healthy and Prometheus sends as fast as it can, see the runbook RemoteWriteNeedsShards.',
    ],
  }),
  test: (threshold) => {
    const sent = (seconds: number) => ({
      [`prometheus_remote_storage_queue_highest_timestamp_seconds{${LABELS}}`]: always(100_000),
      [`prometheus_remote_storage_queue_highest_sent_timestamp_seconds{${LABELS}}`]: always(100_000 - seconds),
    });
    return { fires: sent(above(threshold)), quiet: sent(below(threshold)) };
  },
};

const fails: AlertDefinition = {
  name: 'RemoteWriteFails',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: (_, context) =>
    whereSent(context, {
      expr: 'sum by (remote_name) (increase(prometheus_remote_storage_samples_failed_total[10m])) > 0',
      summary: '{{ $labels.remote_name }} refuses samples',
      description: '{{ $value | humanize }} samples in 10 minutes were refused with an error that is not tried again.',
    }),
  runbook: (at) => ({
    meaning: 'The store answered with an error such as 400: out of order, too many labels, over a limit.',
    impact: 'These samples are missing there for ever. Prometheus itself has them.',
    check: [errors(at)],
    mend: [
      'Out of order: two Prometheus write as one. Set the store to deduplicate by the label `prometheus.replicaLabel`.',
      'Over a limit of the store: raise it there, or drop the series.',
    ],
  }),
  test: () => mustNotGrow(`prometheus_remote_storage_samples_failed_total{${LABELS}}`),
};

const TOO_OLD = 'prometheus_remote_storage_samples_dropped_total{reason="too_old"}';

const drops: AlertDefinition = {
  name: 'RemoteWriteDropsSamples',
  owner: 'platform',
  severity: 'critical',
  for: '1m',
  rules: (_, context) =>
    whereSent(context, {
      expr: hasGrown(TOO_OLD, ['remote_name']),
      summary: 'Samples for {{ $labels.remote_name }} became too old to be sent',
      description: 'The store was away for so long that Prometheus gave samples up.',
    }),
  runbook: (at) => ({
    meaning: 'Samples waited for the store until they were older than what is kept for it.',
    impact: 'The store has a gap that will not close. Prometheus itself has these samples until its retention ends.',
    check: [query('How far it is behind, in seconds.', BEHIND), errors(at)],
    mend: [
      'Bring the store back; see the runbook RemoteWriteBehind.',
      'To fill the gap, copy the blocks of that time from Prometheus to the store with its own tool.',
    ],
  }),
  test: () => {
    const dropped = `prometheus_remote_storage_samples_dropped_total{${LABELS},reason="too_old"}`;
    const up = { 'up{job="prometheus",instance="a"}': always(1) };
    return { fires: { ...up, [dropped]: lately(5) }, quiet: { ...up, [dropped]: always(5) } };
  },
};

const needsShards: AlertDefinition = {
  name: 'RemoteWriteNeedsShards',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: (_, context) =>
    whereSent(context, {
      expr: 'prometheus_remote_storage_shards_desired > prometheus_remote_storage_shards_max',
      summary: 'Remote write to {{ $labels.remote_name }} wants {{ $value | humanize }} parallel senders',
      description: 'That is more than it may have, so it cannot keep up.',
    }),
  runbook: (at) => ({
    meaning: 'To send all samples in time Prometheus would need more parallel senders than `max_shards`.',
    impact: 'It falls behind; see RemoteWriteBehind.',
    check: [
      query(
        'How long one request takes, in seconds.',
        'rate(prometheus_remote_storage_sent_batch_duration_seconds_sum[10m]) / rate(prometheus_remote_storage_sent_batch_duration_seconds_count[10m])',
      ),
      errors(at),
    ],
    mend: [
      'If requests take longer than a second, the store or the way to it is slow: look there first.',
      'Send less: drop metrics that are not needed there. Or raise `max_shards` with a patch of the ConfigMap of Prometheus.',
    ],
  }),
  test: () => {
    const shards = (desired: number) => ({
      [`prometheus_remote_storage_shards_desired{${LABELS}}`]: always(desired),
      [`prometheus_remote_storage_shards_max{${LABELS}}`]: always(50),
    });
    return { fires: shards(60), quiet: shards(50) };
  },
};

/** Alerts on remote write: a separate group, which is empty without remote write. */
export const remoteWriteAlerts: AlertGroup = {
  name: 'remote-write',
  title: 'Remote write',
  alerts: [behind, fails, drops, needsShards],
};
