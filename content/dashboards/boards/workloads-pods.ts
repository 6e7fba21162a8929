/** Panels of workloads: what does not run, and why, from kube-state-metrics. */
import { NO_OBJECTS } from '../parts/no-data';
import { SHOWN } from '../parts/range';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';
import { AVAILABLE, LACKING, OLD, STUCK, WANTED } from './workloads-kinds';
import { CONTAINER, ofPods, ROW_TO_NAMESPACE, ROW_TO_POD, restartsIn } from './workloads-scope';

export const workloads = (): Table => ({
  kind: 'table',
  title: 'Workloads',
  description:
    'Pods that each workload wants, has ready, and lacks. Old pods are of an earlier template: a rollout is under way. It is stuck if it has made no progress within its deadline, which only Deployments have',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  width: 14,
  columns: { workload: 'Workload', kind: 'Kind', namespace: 'Namespace' },
  queries: [
    { expr: LACKING, legend: 'Lacking' },
    { expr: WANTED, legend: 'Wanted' },
    { expr: AVAILABLE, legend: 'Ready' },
    { expr: OLD, legend: 'Old' },
    { expr: STUCK, legend: 'Rollout' },
  ],
  cells: {
    Kind: { width: 110 },
    Namespace: { width: 130 },
    Lacking: { show: 'colour', limits: { warning: 1, critical: 2 }, width: 90 },
    Wanted: { width: 80 },
    Ready: { width: 80 },
    Old: { width: 70 },
    Rollout: {
      words: { 0: 'ok', 1: 'stuck' },
      show: 'colour',
      limits: { warning: 0.5, critical: 1 },
      empty: '-',
      width: 80,
    },
  },
  sortBy: 'Lacking',
  links: [ROW_TO_NAMESPACE],
});

const reasons = (metric: string) => `(max by (${CONTAINER}, reason) (${ofPods(metric)}) == 1)`;
/** A number of the container, beside a reason of it. */
const beside = (reason: string, number: string) => `${reasons(reason)} * on (${CONTAINER}) group_left () ${number}`;

const WAITING = 'kube_pod_container_status_waiting_reason';

export const waiting = (): Table => ({
  kind: 'table',
  title: 'Containers that wait',
  description:
    'Containers that do not run, and why: CrashLoopBackOff, ImagePullBackOff, CreateContainerConfigError. Restarts are those of the time range: 0 means that it has not started at all, or has waited throughout',
  unit: UNITS.count,
  noData: 'No container waits, or no objects are known at all: see Workloads',
  width: 10,
  columns: { pod: 'Pod', container: 'Container', reason: 'Reason', namespace: 'Namespace' },
  queries: [{ expr: beside(WAITING, restartsIn(SHOWN, CONTAINER)), legend: 'Restarts' }],
  cells: { Container: { width: 110 }, Reason: { width: 150 }, Namespace: { width: 120 }, Restarts: { width: 90 } },
  sortBy: 'Restarts',
  links: [ROW_TO_POD],
});

const ENDED = 'kube_pod_container_status_last_terminated_reason';
const ofLastEnd = (what: string) =>
  `max by (${CONTAINER}) (${ofPods(`kube_pod_container_status_last_terminated_${what}`)})`;

export const ended = (): Table => ({
  kind: 'table',
  title: 'Why containers ended last',
  description:
    'The last end of each container that was restarted, the newest first. OOMKilled: it needed more than its memory limit. Restarts are those of the time range',
  unit: UNITS.count,
  noData: 'No container was restarted, or no objects are known at all: see Workloads',
  width: 24,
  columns: { pod: 'Pod', container: 'Container', reason: 'Reason', namespace: 'Namespace' },
  queries: [
    { expr: `1000 * (${beside(ENDED, ofLastEnd('timestamp'))})`, legend: 'Ended' },
    { expr: beside(ENDED, ofLastEnd('exitcode')), legend: 'Exit code' },
    { expr: beside(ENDED, restartsIn(SHOWN, CONTAINER)), legend: 'Restarts' },
  ],
  cells: {
    Container: { width: 240 },
    Reason: { width: 180 },
    Namespace: { width: 200 },
    Ended: { unit: UNITS.since, width: 150 },
    'Exit code': { unit: UNITS.number, width: 90 },
    Restarts: { show: 'colour', limits: { warning: 1, critical: 5 }, width: 90 },
  },
  sortBy: 'Ended',
  links: [ROW_TO_POD],
});

export const phases = (): Lines => ({
  kind: 'lines',
  title: 'Pods by phase',
  description:
    'Pending ones wait for a node, an image or a volume. Succeeded and failed ones are those of Jobs; failed ones may also be evicted',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  width: 24,
  stacked: true,
  queries: [{ expr: `sum by (phase) (${ofPods('kube_pod_status_phase')}) > 0`, legend: '{{phase}}' }],
});
