import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { above, allOf, always, below, growing, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, mendFullClaim, query, restart, spaceOn } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';

const volume = (at: Places) => spaceOn(at.claims.prometheus, 'Space on the claim.');
const SELF = '{job="prometheus",instance="a"}';

const walCorrupt: AlertDefinition = {
  name: 'PrometheusWalCorrupt',
  owner: 'platform',
  severity: 'critical',
  for: '1m',
  rules: () => [
    {
      expr: 'increase(prometheus_tsdb_wal_corruptions_total[1h]) > 0 or increase(prometheus_tsdb_mmap_chunk_corruptions_total[1h]) > 0',
      summary: 'Prometheus found damaged samples on its disk',
      description: 'It has thrown away what it could not read of the write-ahead log or of the head chunks.',
    },
  ],
  runbook: (at, _, isOn) => ({
    meaning:
      'A file of the last hours could not be read: the disk was full, or the node went down while it was written.',
    impact: 'Samples of up to the last three hours are lost. New ones are stored.',
    check: [logOf(at.prometheus, 'What was damaged.', 'corrupt|repair'), volume(at)],
    mend: [
      'Nothing is to be done for the lost samples, unless they are in a remote store.',
      mendFullClaim(isOn, 'prometheus.storage'),
      'If it happens again on a disk that is not full, replace the disk.',
    ],
  }),
  test: () => mustNotGrow(`prometheus_tsdb_wal_corruptions_total${SELF}`),
};

const FAILURES = ['prometheus_tsdb_compactions_failed_total', 'prometheus_tsdb_reloads_failures_total'];

const compactionsFail: AlertDefinition = {
  name: 'PrometheusCompactionsFail',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: () => [
    {
      expr: FAILURES.map((metric) => `increase(${metric}[3h]) > 0`).join(' or '),
      summary: 'Prometheus cannot compact or load its blocks',
      description: 'Memory and disk grow until it can.',
    },
  ],
  runbook: (at, _, isOn) => ({
    meaning: 'Prometheus writes what it holds in memory to blocks every two hours, and merges them. That fails.',
    impact: 'Memory and the write-ahead log grow, until Prometheus is killed or its disk is full.',
    check: [logOf(at.prometheus, 'The error.', 'compact|block|error'), volume(at)],
    mend: [
      mendFullClaim(isOn, 'prometheus.storage'),
      `If the log names a damaged block, move its folder in /prometheus away, in the pod that the line of the log begins with: \`kubectl exec -n ${at.namespace} POD -- mv /prometheus/BLOCK /prometheus/BLOCK.bad\`. Then restart it: \`${restart(at.prometheus)}\`. The time that the block covers is lost.`,
    ],
  }),
  test: () => mustNotGrow(`prometheus_tsdb_compactions_failed_total${SELF}`),
};

const TRUNCATIONS = ['head_truncations', 'wal_truncations', 'checkpoint_creations'].map(
  (what) => `prometheus_tsdb_${what}_failed_total`,
);

const truncationsFail: AlertDefinition = {
  name: 'PrometheusTruncationsFail',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () => [
    {
      expr: TRUNCATIONS.map((metric) => `increase(${metric}[3h]) > 0`).join(' or '),
      summary: 'Prometheus cannot cut its write-ahead log',
      description: 'The log grows until the disk is full.',
    },
  ],
  runbook: (at, _, isOn) => ({
    meaning: 'What is in a block is cut from memory and from the write-ahead log. That fails.',
    impact: 'The disk fills within hours to days. A start takes longer with each hour.',
    check: [
      logOf(at.prometheus, 'The error.', 'truncat|checkpoint|error'),
      query('How large the log is.', 'prometheus_tsdb_wal_storage_size_bytes'),
      volume(at),
    ],
    mend: [
      mendFullClaim(isOn, 'prometheus.storage'),
      `Else restart it: \`${restart(at.prometheus)}\`. It replays the log, which takes minutes.`,
    ],
  }),
  // Exactly one series grows in this test: each series that grows is a separate alert.
  test: () => ({
    fires: allOf([`${TRUNCATIONS[0]}${SELF}`], growing(10)),
    quiet: allOf(
      TRUNCATIONS.map((metric) => `${metric}${SELF}`),
      always(10),
    ),
  }),
};

const nearSize: AlertDefinition = {
  name: 'PrometheusNearSizeLimit',
  owner: 'platform',
  severity: 'warning',
  for: '1h',
  threshold: { value: 90, unit: 'percent', min: 50, max: 95 },
  rules: (threshold) => [
    {
      expr: `prometheus_tsdb_storage_blocks_bytes / (prometheus_tsdb_retention_limit_bytes > 0) > ${threshold / 100}`,
      summary: 'Prometheus uses {{ $value | humanizePercentage }} of the size that it may keep',
      description: 'At the limit the oldest block is deleted, before its time is over.',
    },
  ],
  runbook: () => ({
    meaning: 'The stored blocks are almost as large as `prometheus.retention.size`.',
    impact: 'History becomes shorter than `prometheus.retention.time`. SLOs over 30 days lose their beginning.',
    check: [
      query('Days of history.', '(time() - min(prometheus_tsdb_lowest_timestamp_seconds)) / 86400'),
      query('Blocks deleted for their size in the last week.', 'increase(prometheus_tsdb_size_retentions_total[7d])'),
      query('Jobs with the most samples.', 'topk(10, sum by (job) (scrape_samples_post_metric_relabeling))'),
    ],
    mend: [
      'Raise `prometheus.storage` and with it `prometheus.retention.size` (at most about 80 % of the claim).',
      'Or lower `prometheus.retention.time`, or drop metrics that are not used.',
    ],
  }),
  test: (threshold) => {
    const blocks = (percent: number) => ({
      [`prometheus_tsdb_storage_blocks_bytes${SELF}`]: always(percent * 1e6),
      [`prometheus_tsdb_retention_limit_bytes${SELF}`]: always(100e6),
    });
    return { fires: blocks(above(threshold)), quiet: blocks(below(threshold)) };
  },
};

/** Alerts on Prometheus' TSDB. */
export const prometheusStorageAlerts: AlertGroup = {
  name: 'prometheus-storage',
  title: 'Prometheus: storage',
  alerts: [walCorrupt, compactionsFail, truncationsFail, nearSize],
};
