/** Panels of workloads: usage of containers, from cAdvisor, compared with their requests and limits. */
import { selector } from '../../../metrics/spans';
import { NO_USAGE } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';
import { CHOSEN } from './workloads-pods';

/** A pod's own cgroup, which adds up its containers, has no container. */
const CONTAINERS = 'container!="",container!="POD"';
const BY_CONTAINER = 'namespace, pod, container';
const LEGEND = '{{namespace}} {{pod}} {{container}}';
const used = (metric: string) => selector(metric, CHOSEN, CONTAINERS);
const asked = (kind: 'limits' | 'requests', resource: 'cpu' | 'memory') =>
  `max by (${BY_CONTAINER}) (${selector(`kube_pod_container_resource_${kind}`, CHOSEN, `resource="${resource}"`)})`;

const WORKING_SET = `max by (${BY_CONTAINER}) (${used('container_memory_working_set_bytes')})`;
const CPU = `sum by (${BY_CONTAINER}) (rate(${used('container_cpu_usage_seconds_total')}[${RATE}]))`;

export const memoryNow = (): Values => ({
  kind: 'stat',
  title: 'Nearest to its memory limit',
  description: 'Share of its memory limit that the fullest container uses. At 1 it is killed',
  unit: 'percentunit',
  noData: NO_USAGE,
  width: 6,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: `max(${WORKING_SET} / ${asked('limits', 'memory')})`, legend: 'used' }],
});

export const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory by container',
  description: 'Working set: what cannot be given back without trouble. It is what the limit counts',
  unit: 'bytes',
  noData: NO_USAGE,
  queries: [{ expr: WORKING_SET, legend: LEGEND }],
});

export const memoryShare = (): Lines => ({
  kind: 'lines',
  title: 'Memory: share of the limit',
  description: 'Working set of each container, of its memory limit. A container without a limit has no line',
  unit: 'percentunit',
  noData: NO_USAGE,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: `${WORKING_SET} / ${asked('limits', 'memory')}`, legend: LEGEND }],
});

export const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU by container',
  description: 'Cores that each container uses',
  unit: 'none',
  noData: NO_USAGE,
  queries: [{ expr: CPU, legend: LEGEND }],
});

export const cpuShare = (): Lines => ({
  kind: 'lines',
  title: 'CPU: share of the request',
  description: 'Cores that each container uses, of those that it asked for. Above 1 it uses what others leave idle',
  unit: 'percentunit',
  noData: NO_USAGE,
  queries: [{ expr: `${CPU} / ${asked('requests', 'cpu')}`, legend: LEGEND }],
});

export const throttled = (): Lines => ({
  kind: 'lines',
  title: 'CPU: throttled',
  description: 'Share of the periods in which a container had used up its CPU limit. One without a limit has no line',
  unit: 'percentunit',
  noData: 'None has a CPU limit, or no usage is known at all: see CPU by container',
  limits: { warning: 0.25, critical: 0.5 },
  queries: [
    {
      expr: `sum by (${BY_CONTAINER}) (rate(${used('container_cpu_cfs_throttled_periods_total')}[${RATE}])) / sum by (${BY_CONTAINER}) (rate(${used('container_cpu_cfs_periods_total')}[${RATE}]))`,
      legend: LEGEND,
    },
  ],
});

const perPod = (counter: string) => `sum by (namespace, pod) (rate(${selector(counter, CHOSEN)}[${RATE}]))`;

export const network = (): Lines => ({
  kind: 'lines',
  title: 'Network by pod',
  description: 'Bytes a second that each pod receives and sends',
  unit: 'Bps',
  noData: NO_USAGE,
  queries: [
    { expr: perPod('container_network_receive_bytes_total'), legend: '{{namespace}} {{pod}} in' },
    { expr: perPod('container_network_transmit_bytes_total'), legend: '{{namespace}} {{pod}} out' },
  ],
});
