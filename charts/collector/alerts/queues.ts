import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { RANGE } from '../../../content/alerts/counters';
import { above, always, below, growing } from '../../../content/alerts/test-series';
import { logOf, podsOf, query, restart, status } from '../../../content/runbooks/checks';
import type { Places } from '../../../content/runbooks/places';
import { durable } from '../queue';
import { OF_COLLECTOR, POD_LABELS } from './metrics';

const EXPORTER = `${POD_LABELS},exporter="e",data_type="traces"`;
const SENT = `otelcol_exporter_sent_spans_total{${POD_LABELS},exporter="e"}`;

const waiting = (bytes: number) => ({ [`otelcol_exporter_queue_size{${EXPORTER}}`]: always(bytes) });
const queue = (percent: number) => ({
  ...waiting(percent),
  [`otelcol_exporter_queue_capacity{${EXPORTER}}`]: always(100),
});

const rates = (at: Places) =>
  [
    query('What goes out, by exporter.', 'sum by (exporter) (rate(otelcol_exporter_sent_spans_total[10m]))'),
    logOf(at.collector, 'Why sending fails.', 'exporting failed|error'),
    at.kafka ? null : podsOf(at.jaegerWriter),
  ] as const;

/** How long the queue lasts, where it was computed. */
const lastsFor = ({ capacity }: Places): string =>
  capacity === null
    ? ''
    : ` The queue of spans was computed for ${capacity.bridgeOutage} without its target, at ${capacity.spansPerSecond} spans a second of all Collectors.`;

const queueFills: AlertDefinition = {
  name: 'CollectorQueueFills',
  owner: 'platform',
  severity: 'warning',
  for: '5m',
  threshold: { value: 70, unit: 'percent', min: 5, max: 95 },
  rules: (threshold) => [
    {
      expr: `max by (pod, exporter) (otelcol_exporter_queue_size${OF_COLLECTOR}) / max by (pod, exporter) (otelcol_exporter_queue_capacity${OF_COLLECTOR}) > ${threshold / 100}`,
      summary: 'The queue of {{ $labels.exporter }} is {{ $value | humanizePercentage }} full',
      description: 'What it sends to is down or slow. When the queue is full, data is refused at the entrance.',
    },
  ],
  runbook: (at) => ({
    meaning: `Data comes in faster than it goes out. It waits on the disk of the Collector, and is not lost.${lastsFor(at)}`,
    impact: 'New traces or metrics appear late. At 100 % senders are refused.',
    check: [
      status(at),
      query(
        'Hours until it is full, at the pace of the last 30 minutes.',
        '(otelcol_exporter_queue_capacity - otelcol_exporter_queue_size) / (deriv(otelcol_exporter_queue_size[30m]) > 0) / 3600',
      ),
      ...rates(at),
    ],
    mend: [
      'Bring back what it sends to (`exporter` says what): Jaeger, Prometheus, Kafka or an outside store. The queue then drains by itself.',
      'If its target is up but slow, give it more CPU, or its store faster disks.',
      at.capacity === null
        ? 'If the amount is meant, raise `collector.queue.size` and `collector.queue.storage`.'
        : 'If the amount is meant, raise `capacity.spansPerSecond` or `capacity.bridgeOutage`.',
    ],
  }),
  test: (threshold) => ({ fires: queue(above(threshold)), quiet: queue(below(threshold)) }),
};

/** Whatever the reason, a queue that holds data and sends none is blocked by its first requests. */
const queueStuck: AlertDefinition = {
  name: 'CollectorQueueStuck',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  rules: (_, { lasts }) => [
    {
      expr: `(max by (pod, exporter) (otelcol_exporter_queue_size${OF_COLLECTOR}) > 0 or max by (pod, exporter) (otelcol_exporter_in_flight_requests${OF_COLLECTOR}) > 0) ${['spans', 'metric_points'].map((items) => `unless on (pod, exporter) sum by (pod, exporter) (rate(otelcol_exporter_sent_${items}_total${OF_COLLECTOR}[${RANGE}])) > 0`).join(' ')}`,
      summary: 'The queue of {{ $labels.exporter }} sends nothing',
      description: `It holds data and has sent none for ${lasts}: its target is away, or refuses what stands at the head.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'Requests are tried again and again, and none succeeds. All data behind them waits.',
    impact: 'No new trace (or metric) arrives. The queue grows, and when it is full senders are refused.',
    check: [
      status(at),
      query('How much waits.', 'otelcol_exporter_queue_size / otelcol_exporter_queue_capacity'),
      ...rates(at),
      at.kafka
        ? null
        : logOf(
            at.jaegerWriter,
            'Whether Jaeger fails on the same requests: a key or a document that its store does not take.',
            'error|too large|exceed',
          ),
    ],
    mend: [
      'If the target is away, bring it back: the queue drains by itself.',
      'If it answers with the same error for the same requests, and there are as many as the queue sends at once (10), they block the rest. Mend the store. As the last resort throw the queue away: delete the folder /var/lib/otelcol/queue on the claim from a pod that mounts it, then restart; what waits is lost.',
      `After a change of addresses or Secrets restart it: \`${restart(at.collector)}\`.`,
    ],
  }),
  test: () => ({
    fires: { ...waiting(5), [SENT]: always(100) },
    quiet: { ...waiting(5), [SENT]: growing(10) },
  }),
};

/** Highest number of concurrent requests of an exporter. */
const { num_consumers: CONSUMERS } = durable('1Gi').sending_queue;

const exporterBusy: AlertDefinition = {
  name: 'CollectorExporterBusy',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  rules: (_, { lasts }) => [
    {
      expr: `min by (pod, exporter) (min_over_time(otelcol_exporter_in_flight_requests${OF_COLLECTOR}[${RANGE}])) >= ${CONSUMERS}`,
      summary: '{{ $labels.exporter }} has all its requests under way',
      description: `For ${lasts} all ${CONSUMERS} of them waited for an answer or for their next attempt: the target is slow.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'The exporter cannot send more at once, and its target does not answer fast enough.',
    impact: 'The queue begins to fill. No data is lost.',
    check: [
      query('Is the queue growing?', 'deriv(otelcol_exporter_queue_size[30m])'),
      query(
        'How long the store of Jaeger takes to answer, in seconds.',
        'sum by (operation) (rate(jaeger_storage_latency_seconds_sum[10m])) / sum by (operation) (rate(jaeger_storage_latency_seconds_count[10m]))',
      ),
      ...rates(at),
    ],
    mend: [
      'If nothing is sent at all, see the runbook CollectorQueueStuck.',
      at.store === 'badger'
        ? 'Give the target more CPU or faster disks. For Jaeger that is `jaeger.resources` and the StorageClass of its claim.'
        : 'Give the target more CPU or faster disks. For Jaeger that is `jaeger.resources`, and the store behind it.',
    ],
  }),
  test: () => {
    const inFlight = (count: number) => ({ [`otelcol_exporter_in_flight_requests{${EXPORTER}}`]: always(count) });
    return { fires: inFlight(CONSUMERS), quiet: inFlight(CONSUMERS - 1) };
  },
};

/** Alerts on the queues of the exporters. */
export const collectorQueueAlerts: AlertGroup = {
  name: 'collector-queues',
  title: 'Collector: queues',
  alerts: [queueFills, queueStuck, exporterBusy],
};
