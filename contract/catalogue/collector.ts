/**
 * The Collector's own metrics at 0.155.0 and level normal, with unit and type suffixes (charts/collector/pipelines.ts). Names and
 * labels as the real one serves them; what did not happen there is from its sources (metadata.yaml of exporter/exporterhelper,
 * receiver/receiverhelper, processor/processorhelper, processor/memorylimiterprocessor, service, and contrib's
 * processor/deltatocumulativeprocessor and exporter/kafkaexporter).
 */
import { entriesOf } from '../entries';
import type { Metric } from '../metric';

const { counter, gauge, info } = entriesOf('collector');

const EXPORTER = { exporter: 'bounded' } as const;
const DATA = { ...EXPORTER, data_type: 'fixed' } as const;
/** Exporters over the network say where to. */
const DESTINATION = { ...EXPORTER, server_address: 'bounded', server_port: 'bounded' } as const;
const RECEIVER = { receiver: 'bounded', transport: 'fixed' } as const;
const PROCESSOR = { processor: 'bounded' } as const;
const ITEMS = { ...PROCESSOR, otel_signal: 'fixed' } as const;

const SIGNALS = [
  ['spans', 'spans'],
  ['metric_points', 'metric points'],
  ['log_records', 'log records'],
] as const;

/** One metric for each signal: it is there once that signal has. */
const bySignal = (name: string, labels: Metric['labels'], event: string) =>
  SIGNALS.map(([signal, unit]) => counter(`${name}_${signal}_total`, unit, labels, { after: `${unit} ${event}` }));

/** What comes in. */
export const RECEIVED: readonly Metric[] = [
  ...bySignal('otelcol_receiver_accepted', RECEIVER, 'have arrived'),
  ...bySignal('otelcol_receiver_refused', RECEIVER, 'have arrived'),
  ...bySignal('otelcol_receiver_failed', RECEIVER, 'have arrived'),
];

/** What goes through. */
export const PROCESSED: readonly Metric[] = [
  counter('otelcol_processor_incoming_items_total', 'items', ITEMS, { after: 'data has arrived' }),
  counter('otelcol_processor_outgoing_items_total', 'items', ITEMS, { after: 'data has arrived' }),
  ...bySignal('otelcol_processor_memory_limiter_accepted', PROCESSOR, 'have arrived'),
  ...bySignal('otelcol_processor_memory_limiter_refused', PROCESSOR, 'were refused for want of memory'),
];

/** What goes out. */
export const EXPORTED: readonly Metric[] = [
  ...bySignal('otelcol_exporter_sent', DESTINATION, 'were sent'),
  ...bySignal('otelcol_exporter_send_failed', DESTINATION, 'could not be sent'),
  ...bySignal('otelcol_exporter_enqueue_failed', EXPORTER, 'found the queue full'),
  gauge('otelcol_exporter_queue_size', 'bytes', DATA),
  gauge('otelcol_exporter_queue_capacity', 'bytes', DATA),
  gauge('otelcol_exporter_in_flight_requests', 'requests', DATA, { after: 'data has arrived' }),
];

/** Delta sums that are added up, where metrics are pushed into Prometheus. */
const pushed = entriesOf('collector', { after: 'collector.metricsPath is otlp, or remote write is configured' });
/** Kafka, where it carries the spans. */
const kafka = entriesOf('collector', { after: 'spans go through Kafka' });
const BROKER = { node_id: 'bounded', server_address: 'bounded' } as const;
const TOPIC = { ...BROKER, topic: 'bounded', partition: 'bounded', outcome: 'fixed' } as const;

/** Parts that some environments have. */
export const OPTIONAL: readonly Metric[] = [
  pushed.counter('otelcol_deltatocumulative_datapoints_total', 'metric points', { error: 'fixed' }),
  pushed.gauge('otelcol_deltatocumulative_streams_limit', 'series'),
  pushed.gauge('otelcol_deltatocumulative_streams_max_stale_seconds', 'seconds'),
  pushed.gauge('otelcol_deltatocumulative_streams_tracked', 'series'),
  kafka.counter('otelcol_kafka_broker_connects_total', 'connections', { ...BROKER, outcome: 'fixed' }),
  kafka.counter('otelcol_kafka_broker_closed_total', 'connections', BROKER),
  kafka.counter('otelcol_kafka_exporter_records_total', 'records', TOPIC),
  kafka.counter('otelcol_kafka_exporter_bytes_total', 'bytes', TOPIC),
  kafka.histogram('otelcol_kafka_exporter_write_latency_seconds', 'seconds', TOPIC),
];

/** Its lookups of pods (processor/k8sattributesprocessor). */
const kubernetes = entriesOf('collector', { after: 'janServer is configured, and pods came or went' });
const POD_EVENTS = ['added', 'updated', 'deleted'].map((event) =>
  kubernetes.counter(`otelcol_otelsvc_k8s_pod_${event}_total`, 'pods'),
);

/** Kubernetes, and the process itself. */
export const COLLECTOR_PROCESS: readonly Metric[] = [
  ...POD_EVENTS,
  kubernetes.gauge('otelcol_otelsvc_k8s_pod_table_size', 'pods'),
  kubernetes.counter('otelcol_otelsvc_k8s_ip_lookup_miss_total', 'lookups'),
  counter('otelcol_process_cpu_seconds_total', 'seconds'),
  gauge('otelcol_process_memory_rss_bytes', 'bytes'),
  gauge('otelcol_process_runtime_heap_alloc_bytes', 'bytes'),
  counter('otelcol_process_runtime_total_alloc_bytes_total', 'bytes'),
  gauge('otelcol_process_runtime_total_sys_memory_bytes', 'bytes'),
  counter('otelcol_process_uptime_seconds_total', 'seconds'),
  counter('promhttp_metric_handler_errors_total', 'errors', { cause: 'fixed' }),
  info('target_info', { service_instance_id: 'bounded', service_name: 'fixed', service_version: 'bounded' }),
];
