/** Panels of workloads: since when something does not run, from kube-state-metrics. */
import { twentyHighest } from '../parts/highest';
import { NO_OBJECTS } from '../parts/no-data';
import { RATE, SHOWN } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { LACKING } from './workloads-kinds';
import { LINE_TO_POD, ofPods, POD, restartsIn } from './workloads-scope';

const UNREADY = ofPods('kube_pod_status_ready', 'condition=~"false|unknown"');
const ENDED = ofPods('kube_pod_status_phase', 'phase=~"Succeeded|Failed"');

/** 1 for each pod that is not ready, and 0 for one that is; pods that have ended are left out. */
export const NOT_READY = `max by (${POD}) (${UNREADY}) unless on (${POD}) max by (${POD}) (${ENDED}) == 1`;

/**
 * The lines of pods that something is true of in the time range. The others would be lines at zero, and a filter "> 0" would leave single
 * points, which are not drawn.
 */
const ifEver = (line: string, everInRange: string) => `${line} and on (${POD}) ${everInRange} > 0`;

export const missingPods = (): Lines => ({
  kind: 'lines',
  title: 'Missing pods by workload',
  description:
    'Pods that each Deployment, StatefulSet and DaemonSet wants and does not have ready, whether they exist or not',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  queries: [{ expr: LACKING, legend: '{{workload}}' }],
});

export const unreadyPods = (): Lines => ({
  kind: 'lines',
  title: 'Pods that are not ready',
  description:
    'Pods that were not ready in the time range: 1 while one is not. Those of Jobs are among them, those that have ended are not',
  unit: UNITS.count,
  noData: 'Every pod was ready, or no objects are known at all: see Workloads',
  stacked: true,
  queries: [
    {
      expr: ifEver(`(${NOT_READY})`, `max by (${POD}) (max_over_time(${UNREADY}[${SHOWN}] @ end()))`),
      legend: '{{pod}}',
    },
  ],
  links: [LINE_TO_POD],
});

export const restarts = (): Lines => ({
  kind: 'lines',
  title: 'Restarts by pod',
  description:
    'Restarts in each interval of the graph, of the pods that had one in its time range: the twenty with the most. A container that ends again and again waits longer each time',
  unit: UNITS.count,
  noData: 'No container was restarted, or no objects are known at all: see Workloads',
  queries: [
    {
      expr: ifEver(restartsIn(RATE, POD), twentyHighest(restartsIn(SHOWN, POD, ' @ end()'))),
      legend: '{{pod}}',
    },
  ],
  links: [LINE_TO_POD],
});
