/**
 * The kubelet's own metrics, at /metrics of Kubernetes 1.34: volumes of claims, and its own operations
 * (https://kubernetes.io/docs/reference/instrumentation/metrics/).
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';
import { goRuntime, processOf } from './go-runtime';

const { counter, gauge, histogram, info } = entriesOf('kubelet');
const volumes = entriesOf('kubelet', { after: 'a pod mounts a claim whose driver gives figures' });

const CLAIM = { namespace: 'bounded', persistentvolumeclaim: 'bounded' } as const;

/** The kubelet. */
export const KUBELET: readonly Metric[] = [
  volumes.gauge('kubelet_volume_stats_capacity_bytes', 'bytes', CLAIM),
  volumes.gauge('kubelet_volume_stats_available_bytes', 'bytes', CLAIM),
  volumes.gauge('kubelet_volume_stats_used_bytes', 'bytes', CLAIM),
  volumes.gauge('kubelet_volume_stats_inodes', 'inodes', CLAIM),
  volumes.gauge('kubelet_volume_stats_inodes_free', 'inodes', CLAIM),
  volumes.gauge('kubelet_volume_stats_inodes_used', 'inodes', CLAIM),
  gauge('kubelet_running_pods', 'pods'),
  gauge('kubelet_running_containers', 'containers', { container_state: 'fixed' }),
  histogram('kubelet_pod_start_duration_seconds', 'seconds'),
  histogram('kubelet_pod_worker_duration_seconds', 'seconds', { operation_type: 'fixed' }),
  histogram('kubelet_pleg_relist_duration_seconds', 'seconds'),
  counter('kubelet_runtime_operations_total', 'operations', { operation_type: 'fixed' }),
  counter(
    'kubelet_runtime_operations_errors_total',
    'errors',
    { operation_type: 'fixed' },
    { after: 'one has failed' },
  ),
  counter('kubelet_evictions', 'evictions', { eviction_signal: 'fixed' }, { after: 'a pod has been evicted' }),
  info('kubernetes_build_info', {
    major: 'bounded',
    minor: 'bounded',
    git_version: 'bounded',
    git_commit: 'bounded',
    git_tree_state: 'bounded',
    build_date: 'bounded',
    go_version: 'bounded',
    compiler: 'bounded',
    platform: 'bounded',
  }),
  ...goRuntime('kubelet'),
  ...processOf('kubelet'),
];
