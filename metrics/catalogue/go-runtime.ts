/**
 * Metrics of every program that is instrumented with Prometheus' Go library: client_golang's default registry, and its HTTP handler. Names
 * as Alertmanager 0.34.2 and node_exporter 1.12.1 serve them (client_golang 1.20 and later).
 */

import type { Metric } from '../../promql/metric';
import type { EmitterName } from '../emitters';
import { entriesOf } from '../entries';

/** Go's runtime (client_golang's Go collector, with its default metrics). */
export function goRuntime(emitter: EmitterName): readonly Metric[] {
  const { counter, gauge, summary, info } = entriesOf(emitter);
  return [
    summary('go_gc_duration_seconds', 'seconds'),
    gauge('go_gc_gogc_percent', 'percent'),
    gauge('go_gc_gomemlimit_bytes', 'bytes'),
    gauge('go_goroutines', 'goroutines'),
    info('go_info', { version: 'bounded' }),
    gauge('go_memstats_alloc_bytes', 'bytes'),
    counter('go_memstats_alloc_bytes_total', 'bytes'),
    gauge('go_memstats_buck_hash_sys_bytes', 'bytes'),
    counter('go_memstats_frees_total', 'objects'),
    gauge('go_memstats_gc_sys_bytes', 'bytes'),
    gauge('go_memstats_heap_alloc_bytes', 'bytes'),
    gauge('go_memstats_heap_idle_bytes', 'bytes'),
    gauge('go_memstats_heap_inuse_bytes', 'bytes'),
    gauge('go_memstats_heap_objects', 'objects'),
    gauge('go_memstats_heap_released_bytes', 'bytes'),
    gauge('go_memstats_heap_sys_bytes', 'bytes'),
    gauge('go_memstats_last_gc_time_seconds', 'timestamp'),
    counter('go_memstats_mallocs_total', 'objects'),
    gauge('go_memstats_mcache_inuse_bytes', 'bytes'),
    gauge('go_memstats_mcache_sys_bytes', 'bytes'),
    gauge('go_memstats_mspan_inuse_bytes', 'bytes'),
    gauge('go_memstats_mspan_sys_bytes', 'bytes'),
    gauge('go_memstats_next_gc_bytes', 'bytes'),
    gauge('go_memstats_other_sys_bytes', 'bytes'),
    gauge('go_memstats_stack_inuse_bytes', 'bytes'),
    gauge('go_memstats_stack_sys_bytes', 'bytes'),
    gauge('go_memstats_sys_bytes', 'bytes'),
    gauge('go_sched_gomaxprocs_threads', 'threads'),
    gauge('go_threads', 'threads'),
  ];
}

/** The program's process, as Linux reports it (client_golang's process collector). */
export function processOf(emitter: EmitterName): readonly Metric[] {
  const { counter, gauge } = entriesOf(emitter);
  return [
    counter('process_cpu_seconds_total', 'seconds'),
    gauge('process_max_fds', 'files'),
    counter('process_network_receive_bytes_total', 'bytes'),
    counter('process_network_transmit_bytes_total', 'bytes'),
    gauge('process_open_fds', 'files'),
    gauge('process_resident_memory_bytes', 'bytes'),
    gauge('process_start_time_seconds', 'timestamp'),
    gauge('process_virtual_memory_bytes', 'bytes'),
    gauge('process_virtual_memory_max_bytes', 'bytes'),
  ];
}

/** Requests for /metrics itself (promhttp.Handler). */
export function metricsHandler(emitter: EmitterName): readonly Metric[] {
  const { counter, gauge } = entriesOf(emitter);
  return [
    gauge('promhttp_metric_handler_requests_in_flight', 'requests'),
    counter('promhttp_metric_handler_requests_total', 'requests', { code: 'fixed' }),
  ];
}

/** Build information (prometheus/common, package version). */
export function buildInfo(emitter: EmitterName, name: string): Metric {
  const labels = ['branch', 'goarch', 'goos', 'goversion', 'revision', 'tags', 'version'] as const;
  return entriesOf(emitter).info(name, Object.fromEntries(labels.map((label) => [label, 'bounded' as const])));
}
