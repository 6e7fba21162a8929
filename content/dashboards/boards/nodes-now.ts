/** Panels of nodes: the present state. */
import { SHOWN } from '../parts/range';
import type { Values } from '../spec';
import { UNITS } from '../units';
import { BUSY, fill, LIMITS, load, NO_NODES, NO_PRESSURE, network, ofNodes, STALLED, USED } from './nodes-scope';

export const nodesUp = (): Values => ({
  kind: 'stat',
  title: 'Nodes',
  description: 'Nodes whose node-exporter answers',
  unit: UNITS.count,
  noData: NO_NODES,
  limits: null,
  queries: [{ expr: `count(${ofNodes('node_uname_info')})`, legend: 'nodes' }],
});

export const cpuNow = (): Values => ({
  kind: 'stat',
  title: 'Busiest CPU',
  description: 'Share of its cores that the busiest node uses',
  unit: UNITS.share,
  noData: NO_NODES,
  limits: LIMITS.busy,
  queries: [{ expr: `max(${BUSY})`, legend: 'busy' }],
});

export const memoryNow = (): Values => ({
  kind: 'stat',
  title: 'Fullest memory',
  description: 'Share of its memory that the fullest node uses, without what the kernel can give back',
  unit: UNITS.share,
  noData: NO_NODES,
  limits: LIMITS.memory,
  queries: [{ expr: `max(${USED})`, legend: 'used' }],
});

export const diskNow = (): Values => ({
  kind: 'stat',
  title: 'Fullest disk',
  description:
    'Share of the fullest file system that is used. From 85 % on the kubelet deletes images, from 90 % on it evicts pods',
  unit: UNITS.share,
  noData: NO_NODES,
  limits: LIMITS.disk,
  queries: [{ expr: `max(${fill('node')})`, legend: 'used' }],
});

export const loadNow = (): Values => ({
  kind: 'stat',
  title: 'Load per core',
  description:
    'Processes that run or wait for a disk, over 5 minutes, for each core of the node with the most. Above 1 processes wait',
  unit: UNITS.number,
  noData: NO_NODES,
  limits: LIMITS.load,
  queries: [{ expr: `max(${load(5)})`, legend: 'load' }],
});

export const stalledNow = (): Values => ({
  kind: 'stat',
  title: 'Memory stalls',
  description:
    'Share of the time in which all processes of a node waited for memory at once, on the node with the most: nothing else runs meanwhile',
  unit: UNITS.share,
  noData: NO_PRESSURE,
  limits: LIMITS.stalled,
  queries: [{ expr: `max(${STALLED})`, legend: 'stalled' }],
});

export const oomKills = (): Values => ({
  kind: 'stat',
  title: 'OOM kills',
  description: 'Processes that the kernels killed for their memory in the time range, in pods and outside of them',
  unit: UNITS.count,
  noData: NO_NODES,
  limits: { warning: 1, critical: 5 },
  queries: [{ expr: `round(sum(increase(${ofNodes('node_vmstat_oom_kill')}[${SHOWN}])))`, legend: 'kills' }],
});

const broken = `(${network('receive_errs')} + ${network('transmit_errs')})`;
const packets = `(${network('receive_packets')} + ${network('transmit_packets')})`;

export const brokenNow = (): Values => ({
  kind: 'stat',
  title: 'Broken packets',
  description:
    'Share of its packets that the network interfaces of a node could not receive or send, on the worst node',
  unit: UNITS.share,
  noData: NO_NODES,
  // node-exporter's own mixin warns at 1 % (node_exporter, docs/node-mixin/alerts/alerts.libsonnet, NodeNetworkReceiveErrs).
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: `max(${broken} / (${packets} > 0))`, legend: 'broken' }],
});
