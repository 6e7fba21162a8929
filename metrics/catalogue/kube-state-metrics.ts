/** Workloads and claims, as kube-state-metrics 2.18.0 documents them (docs/metrics). It does not watch nodes here. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { gauge, info } = entriesOf('kubeStateMetrics');

const DEPLOYMENT = { namespace: 'bounded', deployment: 'bounded' } as const;
/** Deployments. */
export const DEPLOYMENTS: readonly Metric[] = [
  gauge('kube_deployment_created', 'timestamp', DEPLOYMENT),
  gauge('kube_deployment_deletion_timestamp', 'timestamp', DEPLOYMENT, { after: 'one is being deleted' }),
  gauge('kube_deployment_metadata_generation', 'generation', DEPLOYMENT),
  gauge(
    'kube_deployment_owner',
    'boolean',
    { ...DEPLOYMENT, owner_kind: 'fixed', owner_name: 'bounded' },
    { after: 'something owns a Deployment' },
  ),
  gauge('kube_deployment_spec_paused', 'boolean', DEPLOYMENT),
  gauge('kube_deployment_spec_replicas', 'pods', DEPLOYMENT),
  gauge('kube_deployment_spec_strategy_rollingupdate_max_surge', 'pods', DEPLOYMENT),
  gauge('kube_deployment_spec_strategy_rollingupdate_max_unavailable', 'pods', DEPLOYMENT),
  gauge('kube_deployment_status_condition', 'boolean', {
    ...DEPLOYMENT,
    reason: 'fixed',
    condition: 'fixed',
    status: 'fixed',
  }),
  gauge('kube_deployment_status_observed_generation', 'generation', DEPLOYMENT),
  gauge('kube_deployment_status_replicas', 'pods', DEPLOYMENT),
  gauge('kube_deployment_status_replicas_available', 'pods', DEPLOYMENT),
  gauge('kube_deployment_status_replicas_ready', 'pods', DEPLOYMENT),
  gauge('kube_deployment_status_replicas_unavailable', 'pods', DEPLOYMENT),
  gauge('kube_deployment_status_replicas_updated', 'pods', DEPLOYMENT),
  gauge('kube_deployment_status_terminating_replicas', 'pods', DEPLOYMENT, {
    after: 'the feature DeploymentReplicaSetTerminatingReplicas is on',
  }),
];

const statefulset = entriesOf('kubeStateMetrics', { after: 'a StatefulSet exists' });
const STATEFUL_SET = { namespace: 'bounded', statefulset: 'bounded' } as const;
/** StatefulSets. */
export const STATEFUL_SETS: readonly Metric[] = [
  statefulset.gauge('kube_statefulset_created', 'timestamp', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_deletion_timestamp', 'timestamp', STATEFUL_SET, {
    after: 'one is being deleted',
  }),
  statefulset.gauge('kube_statefulset_metadata_generation', 'generation', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_ordinals_start', 'ordinal', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_persistentvolumeclaim_retention_policy', 'boolean', {
    ...STATEFUL_SET,
    when_deleted: 'fixed',
    when_scaled: 'fixed',
  }),
  statefulset.gauge('kube_statefulset_replicas', 'pods', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_status_current_revision', 'boolean', { ...STATEFUL_SET, revision: 'bounded' }),
  statefulset.gauge('kube_statefulset_status_observed_generation', 'generation', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_status_replicas', 'pods', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_status_replicas_available', 'pods', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_status_replicas_current', 'pods', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_status_replicas_ready', 'pods', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_status_replicas_updated', 'pods', STATEFUL_SET),
  statefulset.gauge('kube_statefulset_status_update_revision', 'boolean', { ...STATEFUL_SET, revision: 'bounded' }),
];

const daemonset = entriesOf('kubeStateMetrics', { after: 'a DaemonSet exists' });
const DAEMON_SET = { namespace: 'bounded', daemonset: 'bounded' } as const;
/** DaemonSets. */
export const DAEMON_SETS: readonly Metric[] = [
  daemonset.gauge('kube_daemonset_created', 'timestamp', DAEMON_SET),
  daemonset.gauge('kube_daemonset_deletion_timestamp', 'timestamp', DAEMON_SET, { after: 'one is being deleted' }),
  daemonset.gauge('kube_daemonset_metadata_generation', 'generation', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_current_number_scheduled', 'pods', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_desired_number_scheduled', 'pods', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_number_available', 'pods', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_number_misscheduled', 'pods', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_number_ready', 'pods', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_number_unavailable', 'pods', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_observed_generation', 'generation', DAEMON_SET),
  daemonset.gauge('kube_daemonset_status_updated_number_scheduled', 'pods', DAEMON_SET),
];

const CLAIM = { namespace: 'bounded', persistentvolumeclaim: 'bounded' } as const;
/** Claims. */
export const CLAIMS: readonly Metric[] = [
  gauge('kube_persistentvolumeclaim_access_mode', 'boolean', { ...CLAIM, access_mode: 'fixed' }),
  gauge('kube_persistentvolumeclaim_created', 'timestamp', CLAIM),
  gauge('kube_persistentvolumeclaim_deletion_timestamp', 'timestamp', CLAIM, { after: 'one is being deleted' }),
  info('kube_persistentvolumeclaim_info', {
    ...CLAIM,
    storageclass: 'bounded',
    volumename: 'bounded',
    volumemode: 'fixed',
  }),
  gauge('kube_persistentvolumeclaim_resource_requests_storage_bytes', 'bytes', CLAIM),
  gauge(
    'kube_persistentvolumeclaim_status_condition',
    'boolean',
    { ...CLAIM, type: 'fixed', status: 'fixed' },
    { after: 'a claim has a condition' },
  ),
  gauge('kube_persistentvolumeclaim_status_phase', 'boolean', { ...CLAIM, phase: 'fixed' }),
];
