import { bytes } from '../../../config/units';
import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { RANGE } from '../../../content/alerts/counters';
import { above, allOf, always, below, changing, growing } from '../../../content/alerts/test-series';
import { describe, logOf, make, podsOf, previousLogOf, query } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';
import { OF_COLLECTOR, POD_LABELS, SIGNALS } from './metrics';

const MEMORY = query('Memory of each pod, in bytes.', `otelcol_process_memory_rss_bytes${OF_COLLECTOR}`);
const INTAKE = query(
  'What comes in, in spans a second.',
  `sum by (pod) (rate(otelcol_receiver_accepted_spans_total${OF_COLLECTOR}[10m]))`,
);
const more = (at: Places) =>
  `Raise \`collector.resources.memory\`, or \`collector.replicas\`, in the environment file, then \`${make(at, 'monitor-up')}\`.`;

const limiterActive: AlertDefinition = {
  name: 'CollectorMemoryLimiterActive',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () =>
    SIGNALS.map(({ signal, items }) => ({
      expr: `sum by (pod) (increase(otelcol_processor_memory_limiter_refused_${items}_total${OF_COLLECTOR}[${RANGE}])) > 0`,
      summary: `{{ $labels.pod }} is short of memory and refuses ${signal}`,
      description:
        'memory_limiter refuses data so that the Collector is not killed. Senders try again, and give up after a while.',
      labels: { signal },
    })),
  runbook: (at) => ({
    meaning: 'Memory was above 60 % of the limit, and garbage collection did not bring it down.',
    impact: 'Senders are refused. What they give up is lost.',
    check: [MEMORY, INTAKE, query('Series of the span metrics.', 'count(traces_span_metrics_calls_total)')],
    mend: [
      'If the intake has grown, lower the sampling rate of the senders, or give it more room.',
      'If the span metrics have very many series, lower `collector.spanMetrics.cardinalityLimit` or take a dimension out.',
      more(at),
    ],
  }),
  test: () => {
    const counters = SIGNALS.map(
      ({ items }) => `otelcol_processor_memory_limiter_refused_${items}_total{${POD_LABELS}}`,
    );
    return { fires: allOf(counters, growing(10)), quiet: allOf(counters, always(10)) };
  },
};

const memoryHigh: AlertDefinition = {
  name: 'CollectorMemoryHigh',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  threshold: { value: 85, unit: 'percent', min: 10, max: 95 },
  rules: (threshold, { config }) => [
    {
      expr: `otelcol_process_memory_rss_bytes${OF_COLLECTOR} / ${bytes(config.collector.resources.memory)} > ${threshold / 100}`,
      summary: '{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory',
      description: 'At its limit the kernel kills it.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The Collector needs almost all the memory that it may have, in spite of memory_limiter.',
    impact: 'A kill ends requests under way; their senders try again. What is in the queue stays.',
    check: [MEMORY, INTAKE, describe(at.collector, 'Was it killed before? Look for OOMKilled.')],
    mend: [
      more(at),
      'If it grows with steady traffic, it is a leak: report it with the version, and restart it meanwhile.',
    ],
  }),
  test: (threshold, { config }) => {
    const memory = (percent: number) => ({
      [`otelcol_process_memory_rss_bytes{${POD_LABELS}}`]: always(
        (bytes(config.collector.resources.memory) * percent) / 100,
      ),
    });
    return { fires: memory(above(threshold)), quiet: memory(below(threshold)) };
  },
};

const restarts: AlertDefinition = {
  name: 'CollectorRestarts',
  owner: 'platform',
  severity: 'warning',
  for: '1m',
  threshold: { value: 2, unit: 'restarts an hour', min: 0, max: 30 },
  rules: (threshold) => [
    {
      expr: `resets(otelcol_process_uptime_seconds_total${OF_COLLECTOR}[1h]) > ${threshold}`,
      summary: '{{ $labels.pod }} has restarted {{ $value }} times within an hour',
      description: 'Its container ends again and again. What is in the queue stays on disk.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The container ended by itself, was killed for its memory, or did not answer its probe.',
    impact: 'Gaps of seconds to minutes in which senders are refused.',
    check: [
      podsOf(at.collector),
      describe(at.collector, 'Last State: its reason and exit code.'),
      previousLogOf(at.collector, 'What it said before it ended.'),
      logOf(at.collector, 'What it says now.', 'error|panic|fatal'),
    ],
    mend: [
      `OOMKilled: ${more(at)}`,
      `An error in the configuration: undo the last change, then \`${make(at, 'monitor-up')}\`.`,
    ],
  }),
  test: (threshold) => {
    const uptime = `otelcol_process_uptime_seconds_total{${POD_LABELS}}`;
    // Samples between two restarts: 120 samples are an hour, in which the process must restart more often than the threshold.
    const life = Math.min(6, Math.floor(120 / (threshold + 2)));
    return {
      fires: { [uptime]: `0+30x${life - 1} `.repeat(Math.ceil(240 / life)).trim() },
      quiet: { [uptime]: changing(0, 30) },
    };
  },
};

/** Alerts on the Collector's memory and health. */
export const collectorMemoryAlerts: AlertGroup = {
  name: 'collector-memory',
  title: 'Collector: memory and restarts',
  alerts: [limiterActive, memoryHigh, restarts],
};
