/** Panels of nodes: file systems, disks, network and clock. */
import { daysLeft } from '../parts/days-left';
import { RATE } from '../parts/range';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';
import { fill, LIMITS, NO_NODES, network, ofNodes, onDisk } from './nodes-scope';
import { LINE_TO_NODE, ROW_TO_NODE } from './nodes-usage';

const FILE_SYSTEM = 'node, mountpoint';
const ofFileSystem = (metric: string) => `max by (${FILE_SYSTEM}) (${onDisk(`node_filesystem_${metric}`)})`;

export const fileSystems = (): Table => ({
  kind: 'table',
  title: 'File systems',
  description:
    'Size and use of each file system on a disk, the days until it is full if it goes on filling as in the time range, its inodes, and whether the kernel has made it read-only, which it does after an error',
  unit: UNITS.bytes,
  noData: NO_NODES,
  width: 24,
  columns: { mountpoint: 'Mounted at', node: 'Node' },
  queries: [
    { expr: ofFileSystem('size_bytes'), legend: 'Size' },
    { expr: ofFileSystem('avail_bytes'), legend: 'Free' },
    { expr: fill(FILE_SYSTEM), legend: 'Full' },
    { expr: daysLeft(onDisk('node_filesystem_avail_bytes'), FILE_SYSTEM), legend: 'Days left' },
    { expr: `1 - ${ofFileSystem('files_free')} / (${ofFileSystem('files')} > 0)`, legend: 'Inodes' },
    { expr: ofFileSystem('readonly'), legend: 'Read-only' },
  ],
  cells: {
    Full: { unit: UNITS.share, show: 'bar', max: 1, limits: LIMITS.disk, width: 260 },
    'Days left': { unit: UNITS.count, show: 'colour', limits: { warning: 4, critical: 1 }, empty: '-' },
    Inodes: { unit: UNITS.share, show: 'colour', limits: { warning: 0.9, critical: 0.95 }, empty: '-' },
    'Read-only': {
      unit: UNITS.number,
      words: { 0: 'no', 1: 'yes' },
      show: 'colour',
      limits: { warning: 0.5, critical: 1 },
    },
  },
  sortBy: 'Full',
  links: [ROW_TO_NODE],
});

const DISK = 'node, device';
const perSecond = (counter: string) => `sum by (${DISK}) (rate(${ofNodes(`node_disk_${counter}_total`)}[${RATE}]))`;
const EACH_DISK = '{{node}} {{device}}';

export const busy = (): Lines => ({
  kind: 'lines',
  title: 'Disks: busy',
  description:
    'Share of the time in which each disk had something to do. An SSD can do several things at once, and may still be quick at 100 %',
  unit: UNITS.share,
  noData: NO_NODES,
  width: 8,
  max: 1,
  queries: [{ expr: perSecond('io_time_seconds'), legend: EACH_DISK }],
  links: [LINE_TO_NODE],
});

export const bytes = (): Lines => ({
  kind: 'lines',
  title: 'Disks: bytes',
  description: 'Bytes a second that are read from each disk, above the axis, and written to it, below',
  unit: UNITS.bytesPerSecond,
  noData: NO_NODES,
  width: 8,
  queries: [
    { expr: perSecond('read_bytes'), legend: `${EACH_DISK} read` },
    { expr: perSecond('written_bytes'), legend: `${EACH_DISK} written`, below: true },
  ],
  links: [LINE_TO_NODE],
});

const each = (time: string, operations: string) => `${perSecond(time)} / (${perSecond(operations)} > 0)`;

export const latency = (): Lines => ({
  kind: 'lines',
  title: 'Disks: time of an operation',
  description: 'How long one read and one write takes on average, with its time in the queue',
  unit: UNITS.seconds,
  noData: NO_NODES,
  width: 8,
  queries: [
    { expr: each('read_time_seconds', 'reads_completed'), legend: `${EACH_DISK} read` },
    { expr: each('write_time_seconds', 'writes_completed'), legend: `${EACH_DISK} written` },
  ],
  links: [LINE_TO_NODE],
});

export const traffic = (): Lines => ({
  kind: 'lines',
  title: 'Network',
  description:
    'Bytes a second that each node receives, above the axis, and sends, below it. The loopback and the interfaces of pods are left out',
  unit: UNITS.bytesPerSecond,
  noData: NO_NODES,
  queries: [
    { expr: network('receive_bytes'), legend: '{{node}} received' },
    { expr: network('transmit_bytes'), legend: '{{node}} sent', below: true },
  ],
  links: [LINE_TO_NODE],
});

export const packetsLost = (): Lines => ({
  kind: 'lines',
  title: 'Network: errors and drops',
  description:
    'Packets a second that were broken, or for which there was no room: received above the axis, sent below it',
  unit: UNITS.packetsPerSecond,
  noData: NO_NODES,
  queries: [
    { expr: network('receive_errs'), legend: '{{node}} broken, received' },
    { expr: network('receive_drop'), legend: '{{node}} no room, received' },
    { expr: network('transmit_errs'), legend: '{{node}} broken, sent', below: true },
    { expr: network('transmit_drop'), legend: '{{node}} no room, sent', below: true },
  ],
  links: [LINE_TO_NODE],
});

export const clock = (): Lines => ({
  kind: 'lines',
  title: 'Clock: offset',
  description:
    'Seconds between the clock of each node and the time of its NTP server. Spans of one trace from two nodes overlap wrongly by as much',
  unit: UNITS.seconds,
  noData: NO_NODES,
  limits: { warning: 0.05, critical: 1 },
  queries: [{ expr: `max by (node) (abs(${ofNodes('node_timex_offset_seconds')}))`, legend: '{{node}}' }],
  links: [LINE_TO_NODE],
});
