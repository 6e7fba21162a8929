/** Which nodes the panels of nodes show, and what is measured of each. */
import { selector } from '../../../metrics/spans';
import { ON_DISK } from '../../alerts/kubernetes/node-disks';
import { RATE } from '../parts/range';

/** What to check where a panel is empty. */
export const NO_NODES = 'No metrics: is nodeExporter.enabled set, and does its DaemonSet run on this node?';
/** The same for what some kernels lack. */
export const NO_PRESSURE = 'No metrics: is nodeExporter.enabled set, and is the kernel built with PSI?';

/** Series of the chosen nodes. */
export const ofNodes = (metric: string, ...matchers: readonly string[]): string =>
  selector(metric, 'node=~"$node"', ...matchers);
/** Series of file systems on a disk. */
export const onDisk = (metric: string): string => ofNodes(metric, ON_DISK);
/** Series of network interfaces; those of pods are not exported. */
const onNetwork = (metric: string) => ofNodes(`node_network_${metric}`, 'device!="lo"');

/** Packets or bytes a second of a node on its interfaces. */
export const network = (what: string): string => `sum by (node) (rate(${onNetwork(`${what}_total`)}[${RATE}]))`;

/** Share of its cores that each node uses. */
export const BUSY = `1 - avg by (node) (rate(${ofNodes('node_cpu_seconds_total', 'mode="idle"')}[${RATE}]))`;
/** Share of its memory that each node uses, without what the kernel can give back. */
export const USED = `1 - max by (node) (${ofNodes('node_memory_MemAvailable_bytes')} / ${ofNodes('node_memory_MemTotal_bytes')})`;
/** Share of each file system that is used, as a process without special rights sees it. */
export const fill = (by: string): string =>
  `1 - min by (${by}) (${onDisk('node_filesystem_avail_bytes')} / ${onDisk('node_filesystem_size_bytes')})`;
/** Processes that run or wait for a disk, on average over some minutes, for each core of a node. */
export const load = (minutes: 5 | 15): string =>
  `max by (node) (${ofNodes(`node_load${minutes}`)}) / count by (node) (${ofNodes('node_cpu_seconds_total', 'mode="idle"')})`;
/** Share of the time in which all processes of a node waited for memory at once. */
export const STALLED = `max by (node) (rate(${ofNodes('node_pressure_memory_stalled_seconds_total')}[${RATE}]))`;

/** What is good and bad, for stats, lines and tables alike. */
export const LIMITS = {
  busy: { warning: 0.8, critical: 0.95 },
  memory: { warning: 0.8, critical: 0.95 },
  /** From 85 % on the kubelet deletes images, from 90 % on it evicts pods (https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/). */
  disk: { warning: 0.8, critical: 0.9 },
  load: { warning: 1, critical: 2 },
  stalled: { warning: 0.02, critical: 0.1 },
} as const;
