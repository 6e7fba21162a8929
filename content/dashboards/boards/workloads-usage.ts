/** Panels of workloads: which container uses most, and what pods send and receive. */
import { twentyHighest } from '../parts/highest';
import { NO_USAGE } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';
import { CPU, CPU_SHARE, declared, MEMORY_SHARE, THROTTLED, WORKING_SET } from './workloads-limits';
import { CONTAINER, LINE_TO_POD, ofPods, POD, ROW_TO_POD } from './workloads-scope';

/** Only of containers whose usage is known, so that no row has bounds alone. */
const ofMeasured = (declaration: string) => `${declaration} and on (${CONTAINER}) ${WORKING_SET}`;

export const containers = (): Table => ({
  kind: 'table',
  title: 'Containers',
  description:
    'Memory that each container uses (its working set), its limit, and the share; cores that it uses, its request, and the share; and how often it is stopped at its CPU limit. An empty cell: it has no limit or request',
  unit: UNITS.bytes,
  noData: NO_USAGE,
  width: 24,
  columns: { pod: 'Pod', container: 'Container', namespace: 'Namespace' },
  queries: [
    { expr: WORKING_SET, legend: 'Memory' },
    { expr: ofMeasured(declared('limits', 'memory')), legend: 'Limit' },
    { expr: MEMORY_SHARE, legend: 'Of the limit' },
    { expr: CPU, legend: 'CPU' },
    { expr: ofMeasured(declared('requests', 'cpu')), legend: 'Request' },
    { expr: CPU_SHARE, legend: 'Of the request' },
    { expr: THROTTLED, legend: 'Throttled' },
  ],
  cells: {
    Container: { width: 160 },
    Namespace: { width: 140 },
    'Of the limit': { unit: UNITS.share, show: 'bar', max: 1, limits: { warning: 0.8, critical: 0.95 }, width: 180 },
    CPU: { unit: UNITS.cores },
    Request: { unit: UNITS.cores },
    'Of the request': { unit: UNITS.share, show: 'bar', max: 1, width: 180 },
    Throttled: { unit: UNITS.share, show: 'colour', limits: { warning: 0.25, critical: 0.5 }, empty: '-' },
  },
  sortBy: 'Memory',
  links: [ROW_TO_POD],
});

const LEGEND = '{{pod}} {{container}}';

export const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory by container',
  description:
    'Working set: what the kernel cannot take back without effort. It is what the limit counts. The twenty highest at each time: the table has all',
  unit: UNITS.bytes,
  noData: NO_USAGE,
  width: 12,
  queries: [{ expr: twentyHighest(WORKING_SET), legend: LEGEND }],
  links: [LINE_TO_POD],
});

export const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU by container',
  description: 'Cores that each container uses. The twenty highest at each time: the table has all',
  unit: UNITS.cores,
  noData: NO_USAGE,
  width: 12,
  queries: [{ expr: twentyHighest(CPU), legend: LEGEND }],
  links: [LINE_TO_POD],
});

export const memoryInAll = (): Lines => ({
  kind: 'lines',
  title: 'Memory in all',
  description:
    'Working set of all chosen pods, what they have requested, and their limits. A container without a limit adds nothing to the limits',
  unit: UNITS.bytes,
  noData: NO_USAGE,
  width: 12,
  queries: [
    { expr: `sum(${WORKING_SET})`, legend: 'used' },
    { expr: `sum(${declared('requests', 'memory')})`, legend: 'requests', bound: true },
    { expr: `sum(${declared('limits', 'memory')})`, legend: 'limits', bound: true },
  ],
});

export const cpuInAll = (): Lines => ({
  kind: 'lines',
  title: 'CPU in all',
  description:
    'Cores that all chosen pods use, what they have requested, and their limits. A container without a limit adds nothing to the limits: those of the stack have none',
  unit: UNITS.cores,
  noData: NO_USAGE,
  width: 12,
  queries: [
    { expr: `sum(${CPU})`, legend: 'used' },
    { expr: `sum(${declared('requests', 'cpu')})`, legend: 'requests', bound: true },
    { expr: `sum(${declared('limits', 'cpu')})`, legend: 'limits', bound: true },
  ],
});

const perPod = (counter: string) => `sum by (${POD}) (rate(${ofPods(counter)}[${RATE}]))`;

export const network = (): Lines => ({
  kind: 'lines',
  title: 'Network by pod',
  description:
    'Bytes a second that each pod receives, above the axis, and sends, below it. The twenty highest of both at each time',
  unit: UNITS.bytesPerSecond,
  noData: NO_USAGE,
  queries: [
    { expr: twentyHighest(perPod('container_network_receive_bytes_total')), legend: '{{pod}} received' },
    { expr: twentyHighest(perPod('container_network_transmit_bytes_total')), legend: '{{pod}} sent', below: true },
  ],
  links: [LINE_TO_POD],
});

const lost = (way: 'receive' | 'transmit') =>
  twentyHighest(
    `${perPod(`container_network_${way}_packets_dropped_total`)} + ${perPod(`container_network_${way}_errors_total`)}`,
  );

export const packetsLost = (): Lines => ({
  kind: 'lines',
  title: 'Packets lost by pod',
  description:
    'Packets a second that were dropped or broken: received ones above the axis, sent ones below it. The twenty highest of both at each time. The interfaces of a node are on the dashboard of the nodes',
  unit: UNITS.packetsPerSecond,
  noData: NO_USAGE,
  queries: [
    {
      expr: lost('receive'),
      legend: '{{pod}} received',
    },
    {
      expr: lost('transmit'),
      legend: '{{pod}} sent',
      below: true,
    },
  ],
  links: [LINE_TO_POD],
});
