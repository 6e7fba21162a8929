import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { hasGrown, RANGE } from '../../../content/alerts/counters';
import { allOf, always, growing, lately } from '../../../content/alerts/test-series';
import { logOf, query, spaceOn, status } from '../../../content/runbooks/checks';
import { OF_COLLECTOR, POD_LABELS, SIGNALS } from './metrics';

const QUEUES = query('How full the queues are.', 'otelcol_exporter_queue_size / otelcol_exporter_queue_capacity');
const UP = { [`up{${POD_LABELS}}`]: always(1) };

const refusesData: AlertDefinition = {
  name: 'CollectorRefusesData',
  owner: 'platform',
  severity: 'warning',
  for: '5m',
  rules: () =>
    SIGNALS.map(({ signal, items }) => ({
      expr: `sum by (pod) (increase(otelcol_receiver_refused_${items}_total${OF_COLLECTOR}[${RANGE}])) > 0`,
      summary: `{{ $labels.pod }} refuses ${signal}`,
      description: 'A queue is full or memory is short. Senders try again, and give up after a while.',
      labels: { signal },
    })),
  runbook: (at) => ({
    meaning: 'The Collector answered senders "try again later".',
    impact:
      'Data comes late; what senders give up is lost. Spans that are sent again are counted twice in span metrics.',
    check: [
      QUEUES,
      query(
        'Does memory_limiter refuse?',
        'sum by (pod) (rate(otelcol_processor_memory_limiter_refused_spans_total[10m]))',
      ),
      logOf(at.collector, 'The reason.', 'refus|queue is full|memory'),
      status(at),
    ],
    mend: [
      'If a queue is full, what it sends to is down or slow: see the runbook CollectorQueueFills.',
      'If memory is short, see the runbook CollectorMemoryLimiterActive.',
    ],
  }),
  test: () => {
    const counters = SIGNALS.map(
      ({ items }) => `otelcol_receiver_refused_${items}_total{${POD_LABELS},transport="grpc"}`,
    );
    return { fires: allOf(counters, growing(10)), quiet: allOf(counters, always(10)) };
  },
};

const enqueueFails: AlertDefinition = {
  name: 'CollectorEnqueueFails',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () =>
    SIGNALS.filter(({ signal }) => signal !== 'logs').map(({ signal, items }) => ({
      expr: `sum by (pod, exporter) (increase(otelcol_exporter_enqueue_failed_${items}_total${OF_COLLECTOR}[${RANGE}])) > 0`,
      summary: `The queue of {{ $labels.exporter }} takes no more ${signal}`,
      description:
        'It is full, or its disk is. Senders are asked to try again; span metrics of what was refused are lost.',
      labels: { signal },
    })),
  runbook: (at) => ({
    meaning: 'An exporter could not put data into its queue on disk.',
    impact:
      'Senders get an error and keep the data for some minutes. Metrics that the Collector itself makes are lost.',
    check: [
      QUEUES,
      spaceOn(at.claims.collector, 'Space on the claims of the queues.'),
      logOf(at.collector, 'The error.', 'queue|no space|storage'),
    ],
    mend: [
      'If the queue is full, bring back what it sends to: see the runbook CollectorQueueFills.',
      'If the disk is full, `collector.queue.storage` is too small for `collector.queue.size`: enlarge the claim.',
    ],
  }),
  test: () => {
    const counters = ['spans', 'metric_points'].map(
      (items) => `otelcol_exporter_enqueue_failed_${items}_total{${POD_LABELS},exporter="e"}`,
    );
    return { fires: allOf(counters, growing(10)), quiet: allOf(counters, always(10)) };
  },
};

/** An exporter that lost data. One lost request is enough: acknowledged data must arrive. */
const drops = (name: string, what: string, items: string, runbook: AlertDefinition['runbook']): AlertDefinition => ({
  name,
  owner: 'platform',
  severity: 'critical',
  for: '1m',
  rules: () => [
    {
      expr: hasGrown(`otelcol_exporter_send_failed_${items}_total${OF_COLLECTOR}`, ['pod', 'exporter']),
      summary: `{{ $labels.exporter }} drops ${what}`,
      description:
        'Its receiver has refused them with an error that is not tried again: they are lost. The log of the Collector names the reason.',
    },
  ],
  runbook,
  test: () => {
    const counter = `otelcol_exporter_send_failed_${items}_total{${POD_LABELS},exporter="e"}`;
    return { fires: { ...UP, [counter]: lately(5) }, quiet: { ...UP, [counter]: always(5) } };
  },
});

const dropsSpans = drops('CollectorDropsSpans', 'spans', 'spans', (at) => ({
  meaning: `${at.kafka ? 'Kafka' : 'Jaeger'} answered with an error that is not tried again. The Collector dropped the request.`,
  impact: 'These spans are lost. Their senders got the answer that they were accepted.',
  check: [
    logOf(at.collector, 'The error, and how many spans.', 'dropping data|permanent|not retryable'),
    at.kafka ? null : logOf(at.jaegerWriter, 'What Jaeger says of it.', 'error'),
    query('How many, by exporter.', 'sum by (exporter) (increase(otelcol_exporter_send_failed_spans_total[1h]))'),
  ],
  mend: [
    at.kafka
      ? 'Message too large: a patch has changed the sizes, or `message.max.bytes` of the topic is smaller than a request. Undo the patch, or raise that limit.'
      : 'Message larger than max (ResourceExhausted): a patch has changed the order of sizes, receiver of the Collector < receiver of Jaeger. Undo it.',
    `Unauthenticated or Unimplemented: the address or the credentials in \`${at.kafka ? 'jaeger.kafka' : 'patches'}\` are wrong.`,
    'Invalid argument: the log names the span. Report it to the service that sends it.',
  ],
}));

const dropsMetrics = drops('CollectorDropsMetrics', 'metric points', 'metric_points', (at) => ({
  meaning:
    'Prometheus or a store in `collector.otlpMetrics` refused metric points with an error that is not tried again.',
  impact:
    'Graphs of services have gaps there. Prometheus may have them where a store has not, and the other way round.',
  check: [
    logOf(at.collector, 'The error, and how many points.', 'dropping data|permanent|not retryable'),
    logOf(at.prometheus, 'Whether Prometheus refuses them.', 'out of order|duplicate|otlp'),
  ],
  mend: [
    'Out of order or too old: data waited longer than `collector.queue.bridgedOutage`; raise it.',
    'Unauthorized: renew the Secret that `collector.otlpMetrics` names.',
    'Over a limit of the store: raise it there, or drop the series.',
  ],
}));

/** Alerts on data that the Collector refuses or loses. */
export const collectorLossAlerts: AlertGroup = {
  name: 'collector-data',
  title: 'Collector: data that is refused or lost',
  alerts: [refusesData, enqueueFails, dropsSpans, dropsMetrics],
};
