/**
 * node_exporter 1.12.1 on Linux, with its default collectors, as it serves them: those that alerts and panels on nodes use. Metrics from
 * /proc/net and /proc/vmstat are served without a type; here the type follows the kernel's documentation.
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';
import { buildInfo } from './go-runtime';

const { counter, gauge, info } = entriesOf('nodeExporter');
/** Metrics that some kernels and nodes lack. */
const some = entriesOf('nodeExporter', { after: 'the kernel of the node reports it' });

const CPU = { cpu: 'bounded' } as const;

/** CPU, load and pressure. */
export const NODE_CPU: readonly Metric[] = [
  gauge('node_boot_time_seconds', 'timestamp'),
  counter('node_context_switches_total', 'switches'),
  counter('node_cpu_guest_seconds_total', 'seconds', { cpu: 'bounded', mode: 'fixed' }),
  counter('node_cpu_seconds_total', 'seconds', { cpu: 'bounded', mode: 'fixed' }),
  buildInfo('nodeExporter', 'node_exporter_build_info'),
  counter('node_forks_total', 'forks'),
  counter('node_intr_total', 'interrupts'),
  gauge('node_load1', 'processes'),
  gauge('node_load15', 'processes'),
  gauge('node_load5', 'processes'),
  some.info('node_os_info', {
    build_id: 'bounded',
    id: 'bounded',
    id_like: 'bounded',
    image_id: 'bounded',
    image_version: 'bounded',
    name: 'bounded',
    pretty_name: 'bounded',
    variant: 'bounded',
    variant_id: 'bounded',
    version: 'bounded',
    version_codename: 'bounded',
    version_id: 'bounded',
  }),
  some.counter('node_pressure_cpu_waiting_seconds_total', 'seconds'),
  some.counter('node_pressure_io_stalled_seconds_total', 'seconds'),
  some.counter('node_pressure_io_waiting_seconds_total', 'seconds'),
  some.counter('node_pressure_memory_stalled_seconds_total', 'seconds'),
  some.counter('node_pressure_memory_waiting_seconds_total', 'seconds'),
  gauge('node_procs_blocked', 'processes'),
  gauge('node_procs_running', 'processes'),
  gauge('node_scrape_collector_duration_seconds', 'seconds', { collector: 'fixed' }),
  gauge('node_scrape_collector_success', 'boolean', { collector: 'fixed' }),
  counter('node_softnet_dropped_total', 'packets', CPU),
  counter('node_softnet_processed_total', 'packets', CPU),
  counter('node_softnet_times_squeezed_total', 'times', CPU),
  gauge('node_textfile_scrape_error', 'boolean'),
  gauge('node_time_seconds', 'timestamp'),
  gauge('node_timex_estimated_error_seconds', 'seconds'),
  gauge('node_timex_maxerror_seconds', 'seconds'),
  gauge('node_timex_offset_seconds', 'seconds'),
  gauge('node_timex_sync_status', 'boolean'),
  info('node_uname_info', {
    domainname: 'bounded',
    machine: 'bounded',
    nodename: 'bounded',
    release: 'bounded',
    sysname: 'bounded',
    version: 'bounded',
  }),
];

/** Memory. */
export const NODE_MEMORY: readonly Metric[] = [
  gauge('node_memory_Active_bytes', 'bytes'),
  gauge('node_memory_AnonPages_bytes', 'bytes'),
  gauge('node_memory_Buffers_bytes', 'bytes'),
  gauge('node_memory_Cached_bytes', 'bytes'),
  gauge('node_memory_CommitLimit_bytes', 'bytes'),
  gauge('node_memory_Committed_AS_bytes', 'bytes'),
  gauge('node_memory_Dirty_bytes', 'bytes'),
  gauge('node_memory_Inactive_bytes', 'bytes'),
  gauge('node_memory_KernelStack_bytes', 'bytes'),
  gauge('node_memory_Mapped_bytes', 'bytes'),
  gauge('node_memory_MemAvailable_bytes', 'bytes'),
  gauge('node_memory_MemFree_bytes', 'bytes'),
  gauge('node_memory_MemTotal_bytes', 'bytes'),
  gauge('node_memory_PageTables_bytes', 'bytes'),
  gauge('node_memory_SReclaimable_bytes', 'bytes'),
  gauge('node_memory_SUnreclaim_bytes', 'bytes'),
  gauge('node_memory_Shmem_bytes', 'bytes'),
  gauge('node_memory_Slab_bytes', 'bytes'),
  gauge('node_memory_SwapCached_bytes', 'bytes'),
  gauge('node_memory_SwapFree_bytes', 'bytes'),
  gauge('node_memory_SwapTotal_bytes', 'bytes'),
  gauge('node_memory_Writeback_bytes', 'bytes'),
  counter('node_vmstat_oom_kill', 'kills'),
  counter('node_vmstat_pgfault', 'pages'),
  counter('node_vmstat_pgmajfault', 'pages'),
  counter('node_vmstat_pgpgin', 'pages'),
  counter('node_vmstat_pgpgout', 'pages'),
  counter('node_vmstat_pswpin', 'pages'),
  counter('node_vmstat_pswpout', 'pages'),
];
