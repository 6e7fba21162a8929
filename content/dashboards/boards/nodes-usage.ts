/** Panels of nodes: how busy each is, as lines and in one table. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { cell } from '../parts/cells';
import { clicked } from '../parts/links';
import { RATE } from '../parts/range';
import type { Lines, Link, Table } from '../spec';
import { UNITS } from '../units';
import { BUSY, fill, LIMITS, load, NO_NODES, NO_PRESSURE, ofNodes, STALLED, USED } from './nodes-scope';

const LEGEND = '{{node}}';
const toNode = (node: string): Link => ({
  title: 'Only this node',
  dashboard: DASHBOARD_UIDS.nodes,
  variables: { node },
});
/** From a line to its node. */
export const LINE_TO_NODE = toNode(clicked('node'));
/** From a row of a table with the column Node to its node. */
export const ROW_TO_NODE = toNode(cell('Node'));

export const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU',
  description: 'Share of the cores that is not idle',
  unit: UNITS.share,
  noData: NO_NODES,
  max: 1,
  limits: LIMITS.busy,
  queries: [{ expr: BUSY, legend: LEGEND }],
  links: [LINE_TO_NODE],
});

export const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory',
  description: 'Share of the memory that is used, without what the kernel can give back',
  unit: UNITS.share,
  noData: NO_NODES,
  max: 1,
  limits: LIMITS.memory,
  queries: [{ expr: USED, legend: LEGEND }],
  links: [LINE_TO_NODE],
});

export const disks = (): Lines => ({
  kind: 'lines',
  title: 'Disks: how full',
  description: 'Share of each file system that is used, as a process without special rights sees it',
  unit: UNITS.share,
  noData: NO_NODES,
  max: 1,
  limits: LIMITS.disk,
  queries: [{ expr: fill('node, mountpoint'), legend: '{{node}} {{mountpoint}}' }],
  links: [LINE_TO_NODE],
});

export const eachNode = (): Table => ({
  kind: 'table',
  title: 'Each node',
  description:
    'CPU, memory and the fullest file system of each node, the processes that run or wait for each core, the share of the time in which all of them waited for memory, and when it has started',
  unit: UNITS.share,
  noData: NO_NODES,
  width: 24,
  columns: { node: 'Node' },
  queries: [
    { expr: BUSY, legend: 'CPU' },
    { expr: USED, legend: 'Memory' },
    { expr: fill('node'), legend: 'Fullest disk' },
    { expr: load(5), legend: 'Load per core' },
    { expr: STALLED, legend: 'Memory stalls' },
    { expr: `1000 * max by (node) (${ofNodes('node_boot_time_seconds')})`, legend: 'Started' },
  ],
  cells: {
    CPU: { show: 'bar', max: 1, limits: LIMITS.busy, width: 220 },
    Memory: { show: 'bar', max: 1, limits: LIMITS.memory, width: 220 },
    'Fullest disk': { show: 'bar', max: 1, limits: LIMITS.disk, width: 220 },
    'Load per core': { unit: UNITS.number, show: 'colour', limits: LIMITS.load, width: 130 },
    'Memory stalls': { show: 'colour', limits: LIMITS.stalled, width: 130 },
    Started: { unit: UNITS.since, width: 140 },
  },
  sortBy: 'Memory',
  links: [ROW_TO_NODE],
});

export const loads = (): Lines => ({
  kind: 'lines',
  title: 'Load by core',
  description:
    'Processes that run or wait for a disk, for each core, on average over 5 and 15 minutes. Above 1 processes wait',
  unit: UNITS.number,
  noData: NO_NODES,
  limits: LIMITS.load,
  queries: [
    { expr: load(5), legend: `${LEGEND} 5 minutes` },
    { expr: load(15), legend: `${LEGEND} 15 minutes` },
  ],
  links: [LINE_TO_NODE],
});

const pressure = (resource: string, kind: 'waiting' | 'stalled') =>
  `max by (node) (rate(${ofNodes(`node_pressure_${resource}_${kind}_seconds_total`)}[${RATE}]))`;

export const waits = (): Lines => ({
  kind: 'lines',
  title: 'Some process waits',
  description:
    'Share of the time in which at least one process waited for CPU, memory or a disk (Linux pressure stall information)',
  unit: UNITS.share,
  noData: NO_PRESSURE,
  queries: [
    { expr: pressure('cpu', 'waiting'), legend: `${LEGEND} CPU` },
    { expr: pressure('memory', 'waiting'), legend: `${LEGEND} memory` },
    { expr: pressure('io', 'waiting'), legend: `${LEGEND} disk` },
  ],
  links: [LINE_TO_NODE],
});

export const stalls = (): Lines => ({
  kind: 'lines',
  title: 'All processes wait',
  description: 'Share of the time in which all processes waited for memory or a disk at once: the node stands still',
  unit: UNITS.share,
  noData: NO_PRESSURE,
  limits: LIMITS.stalled,
  queries: [
    { expr: pressure('memory', 'stalled'), legend: `${LEGEND} memory` },
    { expr: pressure('io', 'stalled'), legend: `${LEGEND} disk` },
  ],
  links: [LINE_TO_NODE],
});
