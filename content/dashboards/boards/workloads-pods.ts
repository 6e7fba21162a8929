/** Panels of workloads: whether pods run, from kube-state-metrics. */
import { selector } from '../../../metrics/spans';
import { NO_OBJECTS } from '../parts/no-data';
import { RATE, SHOWN } from '../parts/range';
import type { Lines, Table, Values } from '../spec';

/** Objects of the chosen namespaces. */
export const CHOSEN = 'namespace=~"$namespace"';
const of = (metric: string, ...matchers: readonly string[]) => selector(metric, CHOSEN, ...matchers);
const RESTARTS = 'kube_pod_container_status_restarts_total';

export const podsNow = (): Values => ({
  kind: 'stat',
  title: 'Pods that are not ready',
  description: 'Pods of the chosen namespaces that run or are to run, and are not ready',
  unit: 'short',
  noData: NO_OBJECTS,
  width: 6,
  limits: { warning: 1, critical: 3 },
  queries: [
    {
      expr: `sum(${of('kube_pod_status_phase', 'phase=~"Pending|Running|Unknown"')}) - sum(${of('kube_pod_status_ready', 'condition="true"')})`,
      legend: 'not ready',
    },
  ],
});

export const restartsNow = (): Values => ({
  kind: 'stat',
  title: 'Restarts',
  description: 'Restarts of containers in the time range of the dashboard',
  unit: 'short',
  noData: NO_OBJECTS,
  width: 6,
  limits: { warning: 1, critical: 5 },
  queries: [{ expr: `sum(increase(${of(RESTARTS)}[${SHOWN}]))`, legend: 'restarts' }],
});

export const deployments = (): Table => ({
  kind: 'table',
  title: 'Deployments',
  description: 'Pods that each Deployment wants, has ready, and lacks',
  unit: 'short',
  noData: NO_OBJECTS,
  columns: { namespace: 'Namespace', deployment: 'Deployment' },
  queries: [
    { expr: `max by (namespace, deployment) (${of('kube_deployment_spec_replicas')})`, legend: 'Wanted' },
    { expr: `max by (namespace, deployment) (${of('kube_deployment_status_replicas_ready')})`, legend: 'Ready' },
    {
      expr: `max by (namespace, deployment) (${of('kube_deployment_status_replicas_unavailable')})`,
      legend: 'Lacking',
    },
  ],
  sortBy: 'Lacking',
});

export const statefulSets = (): Table => ({
  kind: 'table',
  title: 'StatefulSets',
  description: 'Pods that each StatefulSet wants and has ready',
  unit: 'short',
  noData: 'None in these namespaces, or no objects at all: see Deployments',
  columns: { namespace: 'Namespace', statefulset: 'StatefulSet' },
  queries: [
    { expr: `max by (namespace, statefulset) (${of('kube_statefulset_replicas')})`, legend: 'Wanted' },
    { expr: `max by (namespace, statefulset) (${of('kube_statefulset_status_replicas_ready')})`, legend: 'Ready' },
  ],
});

export const pods = (): Lines => ({
  kind: 'lines',
  title: 'Pods by phase',
  description: 'Pods of the chosen namespaces. Pending ones wait for a node, an image or a volume',
  unit: 'short',
  noData: NO_OBJECTS,
  stacked: true,
  queries: [{ expr: `sum by (phase) (${of('kube_pod_status_phase')}) > 0`, legend: '{{phase}}' }],
});

export const restarts = (): Lines => ({
  kind: 'lines',
  title: 'Restarts by container',
  description:
    'Restarts in each interval of the graph. A container that restarts again and again waits longer each time',
  unit: 'short',
  noData: NO_OBJECTS,
  queries: [
    {
      expr: `sum by (namespace, pod, container) (increase(${of(RESTARTS)}[${RATE}])) > 0`,
      legend: '{{namespace}} {{pod}} {{container}}',
    },
  ],
});

export const waiting = (): Table => ({
  kind: 'table',
  title: 'Containers that wait',
  description: 'Containers that do not run, and why: CrashLoopBackOff, ImagePullBackOff, CreateContainerConfigError',
  unit: 'short',
  noData: 'None waits, or no objects at all: see Deployments',
  columns: { namespace: 'Namespace', pod: 'Pod', container: 'Container', reason: 'Reason' },
  queries: [
    {
      expr: `max by (namespace, pod, container, reason) (${of('kube_pod_container_status_waiting_reason')}) > 0`,
      legend: 'Waits',
    },
  ],
});

export const terminated = (): Table => ({
  kind: 'table',
  title: 'Why containers ended last',
  description:
    'Reason of the last end of each container that was restarted. OOMKilled: it needed more than its memory limit',
  unit: 'short',
  noData: 'None was restarted, or no objects at all: see Deployments',
  columns: { namespace: 'Namespace', pod: 'Pod', container: 'Container', reason: 'Reason' },
  queries: [
    {
      expr: `max by (namespace, pod, container, reason) (${of('kube_pod_container_status_last_terminated_reason')}) > 0`,
      legend: 'Ended',
    },
  ],
});
