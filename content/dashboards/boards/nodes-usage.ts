/** Panels of nodes: CPU and memory. */
import { selector } from '../../../metrics/spans';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

/** Series of the chosen nodes. */
export const CHOSEN = 'node=~"$node"';
/** What to check where a panel is empty. */
export const NO_NODES = 'No metrics: is nodeExporter.enabled set, and does its DaemonSet run on this node?';

const of = (metric: string, ...matchers: readonly string[]) => selector(metric, CHOSEN, ...matchers);
const BUSY = `1 - avg by (node) (rate(${of('node_cpu_seconds_total', 'mode="idle"')}[${RATE}]))`;
const USED = `1 - max by (node) (${of('node_memory_MemAvailable_bytes')} / ${of('node_memory_MemTotal_bytes')})`;
const LEGEND = '{{node}}';

export const nodesUp = (): Values => ({
  kind: 'stat',
  title: 'Nodes',
  description: 'Nodes whose exporter answers',
  unit: 'short',
  noData: NO_NODES,
  width: 6,
  queries: [{ expr: `count(${of('node_uname_info')})`, legend: 'nodes' }],
});

export const cpuNow = (): Values => ({
  kind: 'stat',
  title: 'Busiest CPU',
  description: 'Share of its cores that the busiest node uses',
  unit: 'percentunit',
  noData: NO_NODES,
  width: 6,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: `max(${BUSY})`, legend: 'busy' }],
});

export const memoryNow = (): Values => ({
  kind: 'stat',
  title: 'Fullest memory',
  description: 'Share of its memory that the fullest node uses, without what the kernel can give back',
  unit: 'percentunit',
  noData: NO_NODES,
  width: 6,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: `max(${USED})`, legend: 'used' }],
});

export const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU',
  description: 'Share of the cores that is not idle',
  unit: 'percentunit',
  noData: NO_NODES,
  max: 1,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: BUSY, legend: LEGEND }],
});

export const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory',
  description: 'Share of the memory that is used, without what the kernel can give back',
  unit: 'percentunit',
  noData: NO_NODES,
  max: 1,
  limits: { warning: 0.8, critical: 0.95 },
  queries: [{ expr: USED, legend: LEGEND }],
});

export const load = (): Lines => ({
  kind: 'lines',
  title: 'Load by core',
  description: 'Processes that run or wait for a disk, over 5 minutes, for each core. Above 1 somebody waits',
  unit: 'none',
  noData: NO_NODES,
  queries: [
    {
      expr: `max by (node) (${of('node_load5')}) / count by (node) (${of('node_cpu_seconds_total', 'mode="idle"')})`,
      legend: LEGEND,
    },
  ],
});

const waiting = (resource: string) =>
  `max by (node) (rate(${of(`node_pressure_${resource}_waiting_seconds_total`)}[${RATE}]))`;

export const pressure = (): Lines => ({
  kind: 'lines',
  title: 'Pressure',
  description:
    'Share of the time in which some process waited for CPU, memory or a disk (Linux pressure stall information)',
  unit: 'percentunit',
  noData: 'No metrics: is nodeExporter.enabled set, and is the kernel built with PSI?',
  queries: [
    { expr: waiting('cpu'), legend: `${LEGEND} CPU` },
    { expr: waiting('memory'), legend: `${LEGEND} memory` },
    { expr: waiting('io'), legend: `${LEGEND} disk` },
  ],
});
