import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { above, allOf, always, below, growing, mustNotGrow } from '../../../content/alerts/test-series';
import { logOf, make, mayDiscover, query } from '../../../content/runbooks/checks';

const SELF = '{job="prometheus",instance="a"}';
const MOST_SERIES = query('Metrics with the most series.', 'topk(20, count by (__name__, job) ({job=~".+"}))');

const tooManySeries: AlertDefinition = {
  name: 'PrometheusTooManySeries',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  // About 1 million of them take 4 to 8 GiB of memory.
  threshold: { value: 1_000_000, unit: 'series', min: 1000, max: 100_000_000 },
  rules: (threshold) => [
    {
      expr: `prometheus_tsdb_head_series > ${threshold}`,
      summary: 'Prometheus holds {{ $value | humanize }} series',
      description: 'Its memory grows with them. Beyond its limit it is killed, and starts anew with minutes of replay.',
    },
  ],
  runbook: () => ({
    meaning: 'There are more active series than this Prometheus is meant for: often a label takes ever new values.',
    impact: 'Queries become slow; at the memory limit Prometheus is killed.',
    check: [
      MOST_SERIES,
      query('Series that are new, by job.', 'topk(10, sum by (job) (sum_over_time(scrape_series_added[1h])))'),
      query('Memory of Prometheus in bytes.', 'process_resident_memory_bytes{job="prometheus"}'),
    ],
    mend: [
      'Have the program drop the label with ever new values. For span metrics lower `collector.spanMetrics.cardinalityLimit`.',
      'If the number is meant, raise `prometheus.resources.memory` and this threshold.',
    ],
  }),
  test: (threshold) => ({
    fires: { [`prometheus_tsdb_head_series${SELF}`]: always(above(threshold)) },
    quiet: { [`prometheus_tsdb_head_series${SELF}`]: always(below(threshold)) },
  }),
};

/** Counters of refused samples, with the reasons. Those of the TSDB count scraped and pushed samples. */
const REFUSALS = [
  { reason: 'out of order', counter: 'prometheus_tsdb_out_of_order_samples_total' },
  { reason: 'too old', counter: 'prometheus_tsdb_too_old_samples_total' },
  { reason: 'duplicate', counter: 'prometheus_target_scrapes_sample_duplicate_timestamp_total' },
];

const samplesRefused: AlertDefinition = {
  name: 'PrometheusRefusesSamples',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 1, unit: 'samples a second', min: 0.01, max: 10_000 },
  rules: (threshold) =>
    REFUSALS.map(({ reason, counter }) => ({
      expr: `sum(rate(${counter}[10m])) > ${threshold}`,
      summary: `Prometheus refuses {{ $value | humanize }} samples a second: ${reason}`,
      description: 'Two sources write the same series, or late data is beyond the window.',
      labels: { reason },
    })),
  runbook: (at) => ({
    meaning: 'Samples came for a time that Prometheus already has, or that is too long ago.',
    impact: 'They are lost. Where two sources write one series, its graph jumps between them.',
    check: [
      logOf(at.prometheus, 'The target, or the sender.', 'out-of-order|out of order|duplicate'),
      query('Targets with the same labels.', 'count by (job, instance) (up) > 1'),
    ],
    mend: [
      'If two pods expose the same labels, give each a `service.instance.id` of its own.',
      at.metricsPath === 'otlp'
        ? 'After an outage of Prometheus, raise `collector.queue.bridgedOutage`: it sets how late data may be.'
        : null,
    ],
  }),
  test: (threshold) => {
    const refused = (rate: number) =>
      allOf(
        REFUSALS.map(({ counter }) => `${counter}${SELF}`),
        growing(rate * 30),
      );
    return { fires: refused(above(threshold)), quiet: refused(below(threshold)) };
  },
};

const discoveryFails: AlertDefinition = {
  name: 'PrometheusDiscoveryFails',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  rules: () => [
    {
      expr: 'increase(prometheus_sd_kubernetes_failures_total[10m]) > 0 or prometheus_sd_failed_configs > 0',
      summary: 'Prometheus cannot ask Kubernetes for targets',
      description: 'It goes on with the targets that it last knew: new pods are not scraped.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The watch on pods, Services or endpoint slices fails.',
    impact: 'Pods that started since are not scraped. After a restart Prometheus would have no targets at all.',
    check: [
      logOf(at.prometheus, 'The reason: forbidden, timeout, or refused.', 'discovery|forbidden|reflector'),
      ...mayDiscover(at),
    ],
    mend: [
      `Forbidden: \`${make(at, 'monitor-up')}\` creates the Roles, in each namespace that Prometheus reads.`,
      'Timeout: the address of the API server has changed. Set `cluster.apiServer` in the environment file: the NetworkPolicy is made from it.',
    ],
  }),
  test: () => mustNotGrow(`prometheus_sd_kubernetes_failures_total${SELF}`),
};

/** Alerts on the samples that Prometheus receives. */
export const prometheusSampleAlerts: AlertGroup = {
  name: 'prometheus-samples',
  title: 'Prometheus: samples and discovery',
  alerts: [tooManySeries, samplesRefused, discoveryFails],
};
