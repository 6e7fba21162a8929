/**
 * Jaeger before 2.3, as the second release candidate of 2.0 serves its metrics: it heeds no setting of suffixes, so that its counters of
 * spans end in nothing, and every series says which process it is from.
 */
import { entriesOf } from '../entries';
import type { Metric } from '../metric';

const { counter, gauge, info } = entriesOf('jaeger', { until: '2.3.0' });
const maintained = entriesOf('jaeger', { until: '2.3.0', after: 'badger has run for some minutes' });
const read = entriesOf('jaeger', { until: '2.3.0', after: 'something is read' });

const RESOURCE = { service_instance_id: 'bounded', service_name: 'fixed', service_version: 'bounded' } as const;
const OPERATION = { ...RESOURCE, operation: 'fixed' } as const;
const RECEIVER = { ...RESOURCE, receiver: 'fixed', transport: 'fixed' } as const;
const EXPORTER = { ...RESOURCE, exporter: 'fixed' } as const;

/** Reads, badger, spans on their way into it, and the process. */
export const JAEGER_BEFORE_2_3: readonly Metric[] = [
  read.counter('jaeger_query_requests_total', 'requests', { ...OPERATION, result: 'fixed' }),
  read.histogram('jaeger_query_latency', 'seconds', { ...OPERATION, result: 'fixed' }),
  read.histogram('jaeger_query_responses', 'objects', OPERATION),
  gauge('jaeger_badger_size_bytes_lsm', 'bytes', RESOURCE),
  gauge('jaeger_badger_size_bytes_vlog', 'bytes', RESOURCE),
  maintained.gauge('jaeger_badger_key_log_bytes_available', 'bytes', RESOURCE),
  maintained.gauge('jaeger_badger_value_log_bytes_available', 'bytes', RESOURCE),
  maintained.gauge('jaeger_badger_storage_maintenance_last_run', 'nanoseconds', RESOURCE),
  maintained.gauge('jaeger_badger_storage_valueloggc_last_run', 'nanoseconds', RESOURCE),
  gauge('jaeger_badger_write_pending_num_memtable', 'tables', RESOURCE, { after: 'a table waits to be written' }),
  counter('otelcol_receiver_accepted_spans', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_receiver_refused_spans', 'spans', RECEIVER, { after: 'spans have arrived' }),
  counter('otelcol_exporter_sent_spans', 'spans', EXPORTER, { after: 'spans were written' }),
  counter('otelcol_exporter_send_failed_spans', 'spans', EXPORTER, { after: 'spans were written' }),
  counter('otelcol_process_cpu_seconds', 'seconds', RESOURCE),
  gauge('otelcol_process_memory_rss', 'bytes', RESOURCE),
  gauge('otelcol_process_runtime_heap_alloc_bytes', 'bytes', RESOURCE),
  counter('otelcol_process_runtime_total_alloc_bytes', 'bytes', RESOURCE),
  gauge('otelcol_process_runtime_total_sys_memory_bytes', 'bytes', RESOURCE),
  counter('otelcol_process_uptime', 'seconds', RESOURCE),
  info('target_info', RESOURCE),
];
