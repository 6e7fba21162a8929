/** Pods, as kube-state-metrics 2.18.0 documents them (docs/metrics/workload/pod-metrics.md). */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, info } = entriesOf('kubeStateMetrics');

const POD = { namespace: 'bounded', pod: 'bounded', uid: 'bounded' } as const;
const CONTAINER = { ...POD, container: 'bounded' } as const;

const ENDED = { after: 'a pod has ended' } as const;
const DELETING = { after: 'a pod is being deleted' } as const;
const RESTARTED = { after: 'a container has been restarted' } as const;
const TERMINATED = { after: 'a container has ended' } as const;
const WAITING = { after: 'a container waits' } as const;
const UNSCHEDULED = { after: 'a pod cannot be scheduled' } as const;
const CLAIM = { after: 'a pod mounts a claim' } as const;

/** Pods. */
export const PODS: readonly Metric[] = [
  gauge('kube_pod_completion_time', 'timestamp', POD, ENDED),
  gauge('kube_pod_created', 'timestamp', POD),
  gauge('kube_pod_deletion_timestamp', 'timestamp', POD, DELETING),
  info('kube_pod_info', {
    ...POD,
    host_ip: 'bounded',
    pod_ip: 'bounded',
    node: 'bounded',
    created_by_kind: 'fixed',
    created_by_name: 'bounded',
    priority_class: 'bounded',
    host_network: 'fixed',
  }),
  gauge('kube_pod_owner', 'boolean', {
    ...POD,
    owner_kind: 'fixed',
    owner_name: 'bounded',
    owner_is_controller: 'fixed',
  }),
  gauge('kube_pod_restart_policy', 'boolean', { ...POD, type: 'fixed' }),
  gauge('kube_pod_scheduler', 'boolean', { ...POD, name: 'bounded' }),
  gauge('kube_pod_service_account', 'boolean', { ...POD, service_account: 'bounded' }),
  info(
    'kube_pod_spec_volumes_persistentvolumeclaims_info',
    { ...POD, volume: 'bounded', persistentvolumeclaim: 'bounded' },
    CLAIM,
  ),
  gauge(
    'kube_pod_spec_volumes_persistentvolumeclaims_readonly',
    'boolean',
    { ...POD, volume: 'bounded', persistentvolumeclaim: 'bounded' },
    CLAIM,
  ),
  gauge('kube_pod_start_time', 'timestamp', POD),
  gauge('kube_pod_status_container_ready_time', 'timestamp', POD),
  gauge('kube_pod_status_initialized_time', 'timestamp', POD),
  gauge('kube_pod_status_phase', 'boolean', { ...POD, phase: 'fixed' }),
  gauge('kube_pod_status_qos_class', 'boolean', { ...POD, qos_class: 'fixed' }),
  gauge('kube_pod_status_ready', 'boolean', { ...POD, condition: 'fixed' }),
  gauge('kube_pod_status_ready_time', 'timestamp', POD),
  gauge('kube_pod_status_reason', 'boolean', { ...POD, reason: 'fixed' }),
  gauge('kube_pod_status_scheduled', 'boolean', { ...POD, condition: 'fixed' }),
  gauge('kube_pod_status_scheduled_time', 'timestamp', POD),
  gauge('kube_pod_status_unschedulable', 'boolean', POD, UNSCHEDULED),
  gauge('kube_pod_status_unscheduled_time', 'timestamp', POD, UNSCHEDULED),
];

/** Their containers. */
export const CONTAINERS: readonly Metric[] = [
  info('kube_pod_container_info', {
    ...CONTAINER,
    image: 'bounded',
    image_id: 'bounded',
    image_spec: 'bounded',
    container_id: 'bounded',
  }),
  gauge('kube_pod_container_resource_limits', 'cores, bytes or pods', {
    ...CONTAINER,
    resource: 'fixed',
    unit: 'fixed',
    node: 'bounded',
  }),
  gauge('kube_pod_container_resource_requests', 'cores, bytes or pods', {
    ...CONTAINER,
    resource: 'fixed',
    unit: 'fixed',
    node: 'bounded',
  }),
  gauge('kube_pod_container_state_started', 'timestamp', CONTAINER),
  gauge('kube_pod_container_status_last_terminated_exitcode', 'exit code', CONTAINER, RESTARTED),
  gauge('kube_pod_container_status_last_terminated_reason', 'boolean', { ...CONTAINER, reason: 'fixed' }, RESTARTED),
  gauge('kube_pod_container_status_last_terminated_timestamp', 'timestamp', CONTAINER, RESTARTED),
  gauge('kube_pod_container_status_ready', 'boolean', CONTAINER),
  counter('kube_pod_container_status_restarts_total', 'restarts', CONTAINER),
  gauge('kube_pod_container_status_running', 'boolean', CONTAINER),
  gauge('kube_pod_container_status_terminated', 'boolean', CONTAINER),
  gauge('kube_pod_container_status_terminated_reason', 'boolean', { ...CONTAINER, reason: 'fixed' }, TERMINATED),
  gauge('kube_pod_container_status_waiting', 'boolean', CONTAINER),
  gauge('kube_pod_container_status_waiting_reason', 'boolean', { ...CONTAINER, reason: 'fixed' }, WAITING),
];
