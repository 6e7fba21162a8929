/**
 * cAdvisor in the kubelet, at /metrics/cadvisor of Kubernetes 1.34
 * (https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md, and the list that the kubelet turns on in
 * pkg/kubelet/server/server.go). A pod's own cgroup has an empty `container`.
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, info } = entriesOf('cadvisor');
const busy = entriesOf('cadvisor', { after: 'a container has read or written, and the kernel reports it' });
const limited = entriesOf('cadvisor', { after: 'a container has a CPU limit' });

const CONTAINER = {
  namespace: 'bounded',
  pod: 'bounded',
  container: 'bounded',
  image: 'bounded',
  id: 'bounded',
  name: 'bounded',
} as const;
const NETWORK = { ...CONTAINER, interface: 'bounded' } as const;
const DEVICE = { ...CONTAINER, device: 'bounded' } as const;

/** CPU and memory. */
export const CONTAINER_CPU_MEMORY: readonly Metric[] = [
  info('cadvisor_version_info', {
    cadvisorRevision: 'bounded',
    cadvisorVersion: 'bounded',
    dockerVersion: 'bounded',
    kernelVersion: 'bounded',
    osVersion: 'bounded',
  }),
  counter('container_cpu_usage_seconds_total', 'seconds', { ...CONTAINER, cpu: 'fixed' }),
  counter('container_cpu_user_seconds_total', 'seconds', CONTAINER),
  counter('container_cpu_system_seconds_total', 'seconds', CONTAINER),
  limited.counter('container_cpu_cfs_periods_total', 'periods', CONTAINER),
  limited.counter('container_cpu_cfs_throttled_periods_total', 'periods', CONTAINER),
  limited.counter('container_cpu_cfs_throttled_seconds_total', 'seconds', CONTAINER),
  gauge('container_memory_working_set_bytes', 'bytes', CONTAINER),
  gauge('container_memory_usage_bytes', 'bytes', CONTAINER),
  gauge('container_memory_max_usage_bytes', 'bytes', CONTAINER),
  gauge('container_memory_rss', 'bytes', CONTAINER),
  gauge('container_memory_cache', 'bytes', CONTAINER),
  gauge('container_memory_swap', 'bytes', CONTAINER),
  counter('container_memory_failcnt', 'times', CONTAINER),
  gauge('container_spec_cpu_period', 'microseconds', CONTAINER),
  gauge('container_spec_cpu_shares', 'shares', CONTAINER),
  limited.gauge('container_spec_cpu_quota', 'microseconds', CONTAINER),
  gauge('container_spec_memory_limit_bytes', 'bytes', CONTAINER),
  gauge('container_spec_memory_reservation_limit_bytes', 'bytes', CONTAINER),
  gauge('container_spec_memory_swap_limit_bytes', 'bytes', CONTAINER),
  counter('container_oom_events_total', 'events', CONTAINER),
  gauge('container_start_time_seconds', 'timestamp', CONTAINER),
  gauge('container_last_seen', 'timestamp', CONTAINER),
  gauge('container_processes', 'processes', CONTAINER),
  gauge('container_threads', 'threads', CONTAINER),
  gauge('machine_cpu_cores', 'cores', { machine_id: 'bounded', system_uuid: 'bounded', boot_id: 'bounded' }),
  gauge('machine_memory_bytes', 'bytes', { machine_id: 'bounded', system_uuid: 'bounded', boot_id: 'bounded' }),
];

/** Network and disk. */
export const CONTAINER_NETWORK_DISK: readonly Metric[] = [
  counter('container_network_receive_bytes_total', 'bytes', NETWORK),
  counter('container_network_receive_packets_total', 'packets', NETWORK),
  counter('container_network_receive_packets_dropped_total', 'packets', NETWORK),
  counter('container_network_receive_errors_total', 'errors', NETWORK),
  counter('container_network_transmit_bytes_total', 'bytes', NETWORK),
  counter('container_network_transmit_packets_total', 'packets', NETWORK),
  counter('container_network_transmit_packets_dropped_total', 'packets', NETWORK),
  counter('container_network_transmit_errors_total', 'errors', NETWORK),
  gauge('container_fs_usage_bytes', 'bytes', DEVICE),
  gauge('container_fs_limit_bytes', 'bytes', DEVICE),
  busy.counter('container_fs_reads_bytes_total', 'bytes', DEVICE),
  busy.counter('container_fs_writes_bytes_total', 'bytes', DEVICE),
  busy.counter('container_fs_reads_total', 'reads', DEVICE),
  busy.counter('container_fs_writes_total', 'writes', DEVICE),
];
