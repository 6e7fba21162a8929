/**
 * Jaeger 2.20.0 with unit and type suffixes (charts/jaeger/server-config.ts), after its sources: the Collector's own metrics, since
 * it is built on it, jaeger_storage_* (internal/storage/v2/api/tracestore/tracestoremetrics), and the names that its
 * monitoring/jaeger-mixin reads. Until 2.3 reads were counted as jaeger_query_*, and the release candidates, which heed no
 * setting of suffixes, say what they are as the real one serves them.
 */
import { entriesOf } from '../entries';
import type { Metric } from '../metric';

const { counter, gauge, histogram, info } = entriesOf('jaeger', { since: '2.3.0' });

const OPERATION = {
  name: 'bounded',
  kind: 'fixed',
  role: 'fixed',
  operation: 'fixed',
} as const;
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

/** Storage: reads and their results. */
export const JAEGER_STORAGE: readonly Metric[] = [
  counter(
    'jaeger_storage_requests_total',
    'requests',
    { ...OPERATION, result: 'fixed' },
    { after: 'something is read' },
  ),
  histogram(
    'jaeger_storage_latency_seconds',
    'seconds',
    { ...OPERATION, result: 'fixed' },
    { after: 'something is read' },
  ),
  counter('jaeger_storage_responses_total', 'objects', OPERATION, { after: 'something is read' }),
];

/** The UI's and API's requests. */
export const JAEGER_HTTP: readonly Metric[] = [
  histogram('http_server_request_duration_seconds', 'seconds', HTTP, { after: 'a request is answered' }),
  histogram('http_server_request_body_size_bytes', 'bytes', HTTP, { after: 'a request is answered' }),
  histogram('http_server_response_body_size_bytes', 'bytes', HTTP, { after: 'a request is answered' }),
];

/** Spans on their way into storage, and the process. */
export const JAEGER_PIPELINE: readonly Metric[] = [
  counter('otelcol_receiver_accepted_spans_total', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_receiver_refused_spans_total', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_receiver_failed_spans_total', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_exporter_sent_spans_total', 'spans', { exporter: 'fixed' }, { after: 'spans were written' }),
  counter('otelcol_exporter_send_failed_spans_total', 'spans', { exporter: 'fixed' }, { after: 'a write has failed' }),
  counter('otelcol_process_cpu_seconds_total', 'seconds'),
  gauge('otelcol_process_memory_rss_bytes', 'bytes'),
  gauge('otelcol_process_runtime_heap_alloc_bytes', 'bytes'),
  counter('otelcol_process_runtime_total_alloc_bytes_total', 'bytes'),
  gauge('otelcol_process_runtime_total_sys_memory_bytes', 'bytes'),
  counter('otelcol_process_uptime_seconds_total', 'seconds'),
  info('target_info', { service_instance_id: 'bounded', service_name: 'fixed', service_version: 'bounded' }),
];
