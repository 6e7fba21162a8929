/** Panels of nodes: disks and network. */
import { selector } from '../../../metrics/spans';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';
import { CHOSEN, NO_NODES } from './nodes-usage';

/** Filesystems that hold files; those in memory and those of images are left out. */
const REAL = 'fstype!~"tmpfs|overlay|squashfs|ramfs|nsfs"';
const of = (metric: string) => selector(metric, CHOSEN, REAL);
const FILL = `1 - max by (node, mountpoint) (${of('node_filesystem_avail_bytes')} / ${of('node_filesystem_size_bytes')})`;
const perSecond = (by: string, counter: string) => `sum by (${by}) (rate(${selector(counter, CHOSEN)}[${RATE}]))`;

export const filesystemsNow = (): Values => ({
  kind: 'stat',
  title: 'Fullest disk',
  description:
    'Share of the fullest filesystem that is used. From 85 % on the kubelet deletes images, from 90 % on it evicts pods',
  unit: 'percentunit',
  noData: NO_NODES,
  width: 6,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: `max(${FILL})`, legend: 'used' }],
});

export const filesystems = (): Lines => ({
  kind: 'lines',
  title: 'Disks: how full',
  description: 'Share of each filesystem that is used, as a process without special rights sees it',
  unit: 'percentunit',
  noData: NO_NODES,
  max: 1,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: FILL, legend: '{{node}} {{mountpoint}}' }],
});

export const disk = (): Lines => ({
  kind: 'lines',
  title: 'Disks: busy',
  description:
    'Share of the time in which each disk had something to do. An SSD can do several things at once, and may still be quick at 1',
  unit: 'percentunit',
  noData: NO_NODES,
  max: 1,
  queries: [{ expr: perSecond('node, device', 'node_disk_io_time_seconds_total'), legend: '{{node}} {{device}}' }],
});

export const network = (): Lines => ({
  kind: 'lines',
  title: 'Network',
  description: 'Bytes a second that each node receives and sends, on all its interfaces',
  unit: 'Bps',
  noData: NO_NODES,
  queries: [
    { expr: perSecond('node', 'node_network_receive_bytes_total'), legend: '{{node}} in' },
    { expr: perSecond('node', 'node_network_transmit_bytes_total'), legend: '{{node}} out' },
  ],
});

export const networkErrors = (): Lines => ({
  kind: 'lines',
  title: 'Network: errors and drops',
  description: 'Packets a second that were broken, or for which there was no room',
  unit: 'pps',
  noData: NO_NODES,
  queries: [
    { expr: perSecond('node', 'node_network_receive_errs_total'), legend: '{{node}} errors in' },
    { expr: perSecond('node', 'node_network_transmit_errs_total'), legend: '{{node}} errors out' },
    { expr: perSecond('node', 'node_network_receive_drop_total'), legend: '{{node}} drops in' },
    { expr: perSecond('node', 'node_network_transmit_drop_total'), legend: '{{node}} drops out' },
  ],
});
