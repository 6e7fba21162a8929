/**
 * The Collector's own metrics at 0.155.0 and level normal, with unit and type suffixes (charts/collector/pipelines.ts). Names and labels
 * are those of a running Collector; metrics that did not occur there are from its sources (metadata.yaml of exporter/exporterhelper,
 * receiver/receiverhelper, processor/processorhelper, processor/memorylimiterprocessor, service, and contrib's
 * processor/deltatocumulativeprocessor, processor/k8sattributesprocessor and exporter/kafkaexporter).
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, info } = entriesOf('collector');

const EXPORTER = { exporter: 'bounded' } as const;
const DATA = { ...EXPORTER, data_type: 'fixed' } as const;
/** Exporters over the network have the address of the server, those over HTTP its path too. */
const DESTINATION = { ...EXPORTER, server_address: 'bounded', server_port: 'bounded', url_path: 'bounded' } as const;
const RECEIVER = { receiver: 'bounded', transport: 'fixed' } as const;
const PROCESSOR = { processor: 'bounded' } as const;
const ITEMS = { ...PROCESSOR, otel_signal: 'fixed' } as const;

const SIGNALS = [
  ['spans', 'spans'],
  ['metric_points', 'metric points'],
  ['log_records', 'log records'],
] as const;

/** One metric for each signal: it exists once data of that signal was received. */
const bySignal = (name: string, labels: Metric['labels'], event: string) =>
  SIGNALS.map(([signal, unit]) => counter(`${name}_${signal}_total`, unit, labels, { after: `${unit} ${event}` }));

/** Receivers. */
export const RECEIVED: readonly Metric[] = [
  ...bySignal('otelcol_receiver_accepted', RECEIVER, 'have arrived'),
  ...bySignal('otelcol_receiver_refused', RECEIVER, 'have arrived'),
  ...bySignal('otelcol_receiver_failed', RECEIVER, 'have arrived'),
];

/** Processors. */
export const PROCESSED: readonly Metric[] = [
  counter('otelcol_processor_incoming_items_total', 'items', ITEMS, { after: 'data has arrived' }),
  counter('otelcol_processor_outgoing_items_total', 'items', ITEMS, { after: 'data has arrived' }),
  ...bySignal('otelcol_processor_memory_limiter_accepted', PROCESSOR, 'have arrived'),
  ...bySignal('otelcol_processor_memory_limiter_refused', PROCESSOR, 'were refused because memory was short'),
];

/** Exporters. */
export const EXPORTED: readonly Metric[] = [
  ...bySignal('otelcol_exporter_sent', DESTINATION, 'were sent'),
  ...bySignal('otelcol_exporter_send_failed', DESTINATION, 'could not be sent'),
  ...bySignal('otelcol_exporter_enqueue_failed', EXPORTER, 'found the queue full'),
  gauge('otelcol_exporter_queue_size', 'bytes', DATA),
  gauge('otelcol_exporter_queue_capacity', 'bytes', DATA),
  gauge('otelcol_exporter_in_flight_requests', 'requests', DATA, { after: 'data has arrived' }),
];

/** The processors of metrics that the Collector makes from spans. */
const made = entriesOf('collector', { after: 'spans of a language model have arrived' });
/** Kafka, where it carries the spans. */
const kafka = entriesOf('collector', { after: 'spans go through Kafka' });
const BROKER = { node_id: 'bounded', server_address: 'bounded' } as const;
const TOPIC = { ...BROKER, topic: 'bounded', partition: 'bounded', outcome: 'fixed' } as const;

/** Components that are in one pipeline, or in some environments. */
export const PARTS: readonly Metric[] = [
  made.counter('otelcol_deltatocumulative_datapoints_total', 'metric points', { error: 'fixed' }),
  gauge('otelcol_deltatocumulative_streams_limit', 'series'),
  gauge('otelcol_deltatocumulative_streams_max_stale_seconds', 'seconds'),
  gauge('otelcol_deltatocumulative_streams_tracked', 'series'),
  made.histogram('otelcol_processor_batch_batch_send_size', 'items', PROCESSOR),
  made.counter('otelcol_processor_batch_batch_size_trigger_send_total', 'batches', PROCESSOR, {
    after: 'a batch was full before its time',
  }),
  made.counter('otelcol_processor_batch_timeout_trigger_send_total', 'batches', PROCESSOR),
  gauge('otelcol_processor_batch_metadata_cardinality', 'combinations', PROCESSOR),
  kafka.counter('otelcol_kafka_broker_connects_total', 'connections', { ...BROKER, outcome: 'fixed' }),
  kafka.counter('otelcol_kafka_broker_closed_total', 'connections', BROKER),
  kafka.counter('otelcol_kafka_exporter_records_total', 'records', TOPIC),
  kafka.counter('otelcol_kafka_exporter_bytes_total', 'bytes', TOPIC),
  kafka.histogram('otelcol_kafka_exporter_write_latency_seconds', 'seconds', TOPIC),
];

/** Its lookups of pods (processor/k8sattributesprocessor). The size is a number of pods, whatever its name. */
const lookups = entriesOf('collector', { after: 'janServer is configured, and pods came or went' });
const LOOKUPS = [
  ...['added', 'updated', 'deleted'].map((event) => lookups.counter(`otelcol_otelsvc_k8s_pod_${event}_total`, 'pods')),
  lookups.gauge('otelcol_otelsvc_k8s_pod_table_size_ratio', 'pods'),
  lookups.counter('otelcol_otelsvc_k8s_ip_lookup_miss_total', 'lookups'),
  lookups.counter('otelcol_k8s_pod_association_total', 'resources', {
    status: 'fixed',
    pod_identifier: 'bounded',
    otelcol_signal: 'fixed',
  }),
];

/** Kubernetes, and the process itself. */
export const COLLECTOR_PROCESS: readonly Metric[] = [
  ...LOOKUPS,
  counter('otelcol_process_cpu_seconds_total', 'seconds'),
  gauge('otelcol_process_memory_rss_bytes', 'bytes'),
  gauge('otelcol_process_runtime_heap_alloc_bytes', 'bytes'),
  counter('otelcol_process_runtime_total_alloc_bytes_total', 'bytes'),
  gauge('otelcol_process_runtime_total_sys_memory_bytes', 'bytes'),
  counter('otelcol_process_uptime_seconds_total', 'seconds'),
  counter('promhttp_metric_handler_errors_total', 'errors', { cause: 'fixed' }),
  info('target_info', { service_instance_id: 'bounded', service_name: 'fixed', service_version: 'bounded' }),
];
