/** Panels of workloads: how near pods are to their limits, from cAdvisor and kube-state-metrics. */
import { twentyHighest } from '../parts/highest';
import { NO_USAGE } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { CONTAINER, LINE_TO_POD, ofPods, POD } from './workloads-scope';

/** Without a CPU limit a container is not throttled. */
export const NO_CPU_LIMIT = 'No container has a CPU limit, or no usage is known at all: is the kubelet scraped?';

/** A pod's own cgroup, which adds up its containers, has no container. */
const used = (metric: string) => ofPods(metric, 'container!=""', 'container!="POD"');
const perSecond = (counter: string) => `sum by (${CONTAINER}) (rate(${used(counter)}[${RATE}]))`;

/** Bytes that each container uses: what the kernel cannot take back without effort. The limit counts the same. */
export const WORKING_SET = `max by (${CONTAINER}) (${used('container_memory_working_set_bytes')})`;
/** Cores that each container uses. */
export const CPU = perSecond('container_cpu_usage_seconds_total');

/** What each container has asked for, or may use at most. */
export const declared = (kind: 'limits' | 'requests', resource: 'cpu' | 'memory'): string =>
  `max by (${CONTAINER}) (${ofPods(`kube_pod_container_resource_${kind}`, `resource="${resource}"`)})`;

/** Share of its memory limit that each container uses. */
export const MEMORY_SHARE = `${WORKING_SET} / ${declared('limits', 'memory')}`;
/** Share of its CPU request that each container uses. */
export const CPU_SHARE = `${CPU} / ${declared('requests', 'cpu')}`;
/** Share of the periods in which each container was stopped at its CPU limit. */
export const THROTTLED = `${perSecond('container_cpu_cfs_throttled_periods_total')} / ${perSecond('container_cpu_cfs_periods_total')}`;

/** The pods with the highest value of a container. */
const fullest = (expr: string) => twentyHighest(`max by (${POD}) (${expr})`);

export const memoryShare = (): Lines => ({
  kind: 'lines',
  title: 'Memory: share of the limit',
  description:
    'Working set of each pod, of its memory limit: of its fullest container, if there are several. A container without a limit has no line. The twenty highest at each time',
  unit: UNITS.share,
  noData: NO_USAGE,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: fullest(MEMORY_SHARE), legend: '{{pod}}' }],
  links: [LINE_TO_POD],
});

export const cpuShare = (): Lines => ({
  kind: 'lines',
  title: 'CPU: share of the request',
  description:
    'Cores that each pod uses, of those that it has requested: of its busiest container, if there are several. Above 100 % it uses what others leave idle. The twenty highest at each time',
  unit: UNITS.share,
  noData: NO_USAGE,
  queries: [{ expr: fullest(CPU_SHARE), legend: '{{pod}}' }],
  links: [LINE_TO_POD],
});

export const throttled = (): Lines => ({
  kind: 'lines',
  title: 'CPU: throttled',
  description:
    'Share of the periods of 100 ms in which each pod was stopped at its CPU limit: its most throttled container, if there are several. One without a limit has no line. The twenty highest at each time',
  unit: UNITS.share,
  noData: NO_CPU_LIMIT,
  limits: { warning: 0.25, critical: 0.5 },
  queries: [{ expr: fullest(THROTTLED), legend: '{{pod}}' }],
  links: [LINE_TO_POD],
});
