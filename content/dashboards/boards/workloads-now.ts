/** Panels of workloads: the present state. */
import { NO_OBJECTS, NO_USAGE } from '../parts/no-data';
import { SHOWN } from '../parts/range';
import type { Values } from '../spec';
import { UNITS } from '../units';
import { FILL } from './workloads-claims';
import { MISSING } from './workloads-kinds';
import { MEMORY_SHARE, NO_CPU_LIMIT, THROTTLED } from './workloads-limits';
import { CONTAINER, ofNamespace, ofPods, restartsIn } from './workloads-scope';
import { NOT_READY } from './workloads-since';

export const missing = (): Values => ({
  kind: 'stat',
  title: 'Pods missing',
  description:
    'Pods that Deployments, StatefulSets and DaemonSets want and do not have ready, whether they exist or not',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  limits: { warning: 1, critical: 3 },
  queries: [{ expr: MISSING, legend: 'missing' }],
});

export const notReady = (): Values => ({
  kind: 'stat',
  title: 'Pods not ready',
  description: 'Pods that run or are to run, those of Jobs among them, and are not ready',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  limits: { warning: 1, critical: 3 },
  queries: [
    {
      expr: `sum(${NOT_READY})`,
      legend: 'not ready',
    },
  ],
});

const RESTARTS = restartsIn(SHOWN, CONTAINER);

export const restarts = (): Values => ({
  kind: 'stat',
  title: 'Restarts',
  description: 'Restarts of containers in the time range of the dashboard',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  limits: { warning: 1, critical: 5 },
  queries: [{ expr: `sum(${RESTARTS})`, legend: 'restarts' }],
});

const OOM_KILLED = ofPods('kube_pod_container_status_last_terminated_reason', 'reason="OOMKilled"');

export const oomKills = (): Values => ({
  kind: 'stat',
  title: 'OOM kills',
  description:
    'Restarts in the time range of containers whose last end was a kill for their memory. Earlier ends with another reason count too: Kubernetes keeps only the last one',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  limits: { warning: 1, critical: 5 },
  queries: [
    {
      // There is no series of a reason that never occurred; kube-state-metrics is up if restarts are known.
      expr: `sum(${RESTARTS} and on (${CONTAINER}) max by (${CONTAINER}) (${OOM_KILLED}) == 1) or 0 * sum(${RESTARTS})`,
      legend: 'kills',
    },
  ],
});

export const jobsFailed = (): Values => ({
  kind: 'stat',
  title: 'Jobs failed',
  description: 'Jobs that have given up after all their attempts, until they are deleted',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  limits: { warning: 1, critical: 3 },
  queries: [
    {
      // A Job has this series once it has failed; kube-state-metrics is up if pods are known.
      expr: `sum(${ofNamespace('kube_job_failed', 'condition="true"')}) or 0 * sum(${ofPods('kube_pod_info')})`,
      legend: 'failed',
    },
  ],
});

export const memoryNow = (): Values => ({
  kind: 'stat',
  title: 'Memory / limit',
  description: 'Share of its memory limit that the container nearest to it uses. At 100 % it is killed',
  unit: UNITS.share,
  noData: NO_USAGE,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: `max(${MEMORY_SHARE})`, legend: 'used' }],
});

export const throttledNow = (): Values => ({
  kind: 'stat',
  title: 'CPU throttled',
  description:
    'Share of the periods of 100 ms in which the container that is throttled most was stopped at its CPU limit',
  unit: UNITS.share,
  noData: NO_CPU_LIMIT,
  limits: { warning: 0.25, critical: 0.5 },
  queries: [{ expr: `max(${THROTTLED})`, legend: 'throttled' }],
});

export const fullestClaim = (): Values => ({
  kind: 'stat',
  title: 'Fullest claim',
  description: 'Share of the volume of the fullest claim that is no longer free',
  unit: UNITS.share,
  noData: NO_USAGE,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: `max(${FILL})`, legend: 'used' }],
});
