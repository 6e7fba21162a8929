/**
 * Jaeger 2.20.0 with unit and type suffixes (charts/jaeger/server-config.ts), after its sources and its own /metrics: the Collector's
 * metrics, since Jaeger is built on it; jaeger_storage_* (cmd/jaeger/internal/extension/jaegerstorage,
 * internal/storage/v1/api/spanstore/spanstoremetrics, internal/storage/v2/api/tracestore/tracestoremetrics, internal/storage/v1/badger);
 * and the names that its monitoring/jaeger-mixin reads.
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, info } = entriesOf('jaeger');
const read = entriesOf('jaeger', { after: 'something is read' });
const asked = entriesOf('jaeger', { after: 'a request is answered' });
const maintained = entriesOf('jaeger', { after: 'badger has been cleaned up, five minutes after the start' });

const STORE = { name: 'bounded', kind: 'fixed', role: 'fixed' } as const;
const OPERATION = { ...STORE, operation: 'fixed' } as const;
const RECEIVER = { receiver: 'fixed', transport: 'fixed' } as const;
const HTTP = {
  http_request_method: 'fixed',
  http_response_status_code: 'fixed',
  http_route: 'fixed',
  network_protocol_name: 'fixed',
  network_protocol_version: 'fixed',
  server_address: 'bounded',
  server_port: 'fixed',
  url_scheme: 'fixed',
} as const;

/**
 * The bounds are those for milliseconds, 0, 5, 10 and so on, and the values are seconds (internal/metrics/otelmetrics, which sets the unit
 * only). From them every quantile of fast reads is about 5 s.
 */
const COARSE = { coarse: 'its first buckets end at 0 and 5 s, and most of its values are milliseconds' } as const;

/** Reads of the store, and badger's files. */
export const JAEGER_STORAGE: readonly Metric[] = [
  read.counter('jaeger_storage_requests_total', 'requests', { ...OPERATION, result: 'fixed' }),
  read.histogram('jaeger_storage_latency_seconds', 'seconds', { ...OPERATION, result: 'fixed' }, COARSE),
  // Badger's readers record how many objects were read as if it were seconds (spanstoremetrics: `Responses metrics.Timer`).
  read.histogram('jaeger_storage_responses_seconds', 'objects', OPERATION),
  counter('jaeger_storage_responses_total', 'objects', OPERATION, {
    after: 'something is read from Cassandra, Elasticsearch or OpenSearch',
  }),
  counter('jaeger_storage_bulk_index_errors_total', 'documents', STORE, {
    after: 'OpenSearch or Elasticsearch refused a document',
  }),
  maintained.gauge('jaeger_storage_badger_key_log_bytes_available', 'bytes', STORE),
  maintained.gauge('jaeger_storage_badger_value_log_bytes_available', 'bytes', STORE),
  maintained.gauge('jaeger_storage_badger_storage_maintenance_last_run', 'nanoseconds', STORE),
  maintained.gauge('jaeger_storage_badger_storage_valueloggc_last_run', 'nanoseconds', STORE),
];

const copied = entriesOf('jaeger', { after: 'badger has run for ten seconds, and its numbers are copied' });

/** Badger's own numbers since its start, copied every ten seconds into gauges (internal/storage/v1/badger/factory.go, `metricsCopier`). */
export const BADGER: readonly Metric[] = [
  ...(['bytes_lsm', 'bytes_vlog'] as const).map((name) =>
    copied.gauge(`jaeger_storage_badger_size_${name}`, 'bytes', STORE),
  ),
  ...(['read_bytes_lsm', 'read_bytes_vlog', 'write_bytes_l0', 'write_bytes_user', 'write_bytes_vlog'] as const).map(
    (name) => copied.gauge(`jaeger_storage_badger_${name}`, 'bytes', STORE),
  ),
  ...(
    [
      'get_num_memtable',
      'get_num_user',
      'get_with_result_num_user',
      'iterator_num_user',
      'put_num_user',
      'read_num_vlog',
      'write_num_vlog',
    ] as const
  ).map((name) => copied.gauge(`jaeger_storage_badger_${name}`, 'operations', STORE)),
  copied.gauge('jaeger_storage_badger_compaction_current_num_lsm', 'tables', STORE),
  copied.gauge('jaeger_storage_badger_write_pending_num_memtable', 'tables', STORE, {
    after: 'a table waits to be written',
  }),
];

/** Requests of the UI and the API. */
export const JAEGER_HTTP: readonly Metric[] = [
  asked.histogram('http_server_request_duration_seconds', 'seconds', HTTP),
  asked.histogram('http_server_request_body_size_bytes', 'bytes', HTTP),
  asked.histogram('http_server_response_body_size_bytes', 'bytes', HTTP),
  counter('promhttp_metric_handler_errors_total', 'errors', { cause: 'fixed' }),
];

/** Spans on their way into the store, and the process. */
export const JAEGER_PIPELINE: readonly Metric[] = [
  counter('otelcol_receiver_accepted_spans_total', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_receiver_refused_spans_total', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_receiver_failed_spans_total', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_exporter_sent_spans_total', 'spans', { exporter: 'fixed' }, { after: 'spans were written' }),
  counter('otelcol_exporter_send_failed_spans_total', 'spans', { exporter: 'fixed' }, { after: 'a write has failed' }),
  gauge(
    'otelcol_exporter_in_flight_requests',
    'requests',
    { data_type: 'fixed', exporter: 'fixed' },
    { since: '2.18.0', after: 'spans were written' },
  ),
  counter('otelcol_process_cpu_seconds_total', 'seconds'),
  gauge('otelcol_process_memory_rss_bytes', 'bytes'),
  gauge('otelcol_process_runtime_heap_alloc_bytes', 'bytes'),
  counter('otelcol_process_runtime_total_alloc_bytes_total', 'bytes'),
  gauge('otelcol_process_runtime_total_sys_memory_bytes', 'bytes'),
  counter('otelcol_process_uptime_seconds_total', 'seconds'),
  info('target_info', { service_instance_id: 'bounded', service_name: 'fixed', service_version: 'bounded' }),
];
