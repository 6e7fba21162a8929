/** Metrics of Prometheus 3.16.0 about its own process: more Go runtime metrics than in other programs, and its connections. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, histogram } = entriesOf('prometheus');

const DIALER = { dialer_name: 'bounded' } as const;
const LISTENER = { listener_name: 'fixed' } as const;

/** Go's runtime, besides the metrics of every program. */
export const GO_RUNTIME: readonly Metric[] = [
  counter('go_gc_cleanups_executed_cleanups_total', 'cleanups'),
  counter('go_gc_cleanups_queued_cleanups_total', 'cleanups'),
  counter('go_gc_cycles_automatic_gc_cycles_total', 'cycles'),
  counter('go_gc_cycles_forced_gc_cycles_total', 'cycles'),
  counter('go_gc_cycles_total_gc_cycles_total', 'cycles'),
  counter('go_gc_finalizers_executed_finalizers_total', 'finalizers'),
  counter('go_gc_finalizers_queued_finalizers_total', 'finalizers'),
  histogram('go_gc_heap_allocs_by_size_bytes', 'bytes'),
  counter('go_gc_heap_allocs_bytes_total', 'bytes'),
  counter('go_gc_heap_allocs_objects_total', 'objects'),
  histogram('go_gc_heap_frees_by_size_bytes', 'bytes'),
  counter('go_gc_heap_frees_bytes_total', 'bytes'),
  counter('go_gc_heap_frees_objects_total', 'objects'),
  gauge('go_gc_heap_goal_bytes', 'bytes'),
  gauge('go_gc_heap_live_bytes', 'bytes'),
  gauge('go_gc_heap_objects_objects', 'objects'),
  counter('go_gc_heap_tiny_allocs_objects_total', 'objects'),
  gauge('go_gc_limiter_last_enabled_gc_cycle', 'cycles'),
  histogram('go_gc_pauses_seconds', 'seconds'),
  gauge('go_gc_scan_globals_bytes', 'bytes'),
  gauge('go_gc_scan_heap_bytes', 'bytes'),
  gauge('go_gc_scan_stack_bytes', 'bytes'),
  gauge('go_gc_scan_total_bytes', 'bytes'),
  gauge('go_gc_stack_starting_size_bytes', 'bytes'),
  counter('go_sched_goroutines_created_goroutines_total', 'goroutines'),
  gauge('go_sched_goroutines_goroutines', 'goroutines'),
  gauge('go_sched_goroutines_not_in_go_goroutines', 'goroutines'),
  gauge('go_sched_goroutines_runnable_goroutines', 'goroutines'),
  gauge('go_sched_goroutines_running_goroutines', 'goroutines'),
  gauge('go_sched_goroutines_waiting_goroutines', 'goroutines'),
  histogram('go_sched_latencies_seconds', 'seconds'),
  histogram('go_sched_pauses_stopping_gc_seconds', 'seconds'),
  histogram('go_sched_pauses_stopping_other_seconds', 'seconds'),
  histogram('go_sched_pauses_total_gc_seconds', 'seconds'),
  histogram('go_sched_pauses_total_other_seconds', 'seconds'),
  gauge('go_sched_threads_total_threads', 'threads'),
  counter('go_sync_mutex_wait_total_seconds_total', 'seconds'),
];

/** Outgoing and incoming connections. */
export const CONNECTIONS: readonly Metric[] = [
  counter('net_conntrack_dialer_conn_attempted_total', 'connections', DIALER),
  counter('net_conntrack_dialer_conn_closed_total', 'connections', DIALER),
  counter('net_conntrack_dialer_conn_established_total', 'connections', DIALER),
  counter('net_conntrack_dialer_conn_failed_total', 'connections', { ...DIALER, reason: 'fixed' }),
  counter('net_conntrack_listener_conn_accepted_total', 'connections', LISTENER),
  counter('net_conntrack_listener_conn_closed_total', 'connections', LISTENER),
];
