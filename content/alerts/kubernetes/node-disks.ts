import { query } from '../../runbooks/checks';
import type { AlertDefinition, AlertGroup } from '../alert';
import { above, always, below, changing, turning } from '../test-series';

/** File systems on a disk, except those that are read-only by design. */
export const ON_DISK = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|erofs|nsfs"';
const LABELS = 'instance, node, device, mountpoint';
const DISK = 'job="node-exporter",instance="a",node="n",device="/dev/sda1",mountpoint="/",fstype="ext4"';
const FREE = 'node_filesystem_avail_bytes';
const SIZE = 'node_filesystem_size_bytes';

const LARGEST = {
  look: 'What takes the space. NODE is a label of the alert.',
  command: 'kubectl debug node/NODE -it --image=busybox -- du -x -d2 -h /host/var | sort -h | tail -20',
};
const FREE_SPACE =
  'Delete images that nothing uses (`crictl rmi --prune` on the node), old logs below /var/log, and pods that have ended.';

const fills: AlertDefinition = {
  name: 'NodeDiskFills',
  owner: 'platform',
  severity: 'warning',
  for: '1h',
  threshold: { value: 24, unit: 'hours', min: 6, max: 168 },
  rules: (threshold) => [
    {
      expr: `min by (${LABELS}) (predict_linear(${FREE}{${ON_DISK}}[6h], ${threshold * 3600})) < 0 and on (${LABELS}) min by (${LABELS}) (${FREE} / ${SIZE}) < 0.4`,
      summary: `{{ $labels.mountpoint }} of {{ $labels.node }} will be full within ${threshold} hours`,
      description: 'If it goes on filling as in the last six hours.',
    },
  ],
  runbook: () => ({
    meaning: 'A disk of a node fills steadily.',
    impact: 'None yet. From 85 % on the kubelet deletes images, from 90 % on it evicts pods.',
    check: [query('Share that is free.', `${FREE} / ${SIZE}`), LARGEST],
    mend: [FREE_SPACE, 'Give the node a larger disk, or move volumes of the class `hostPath` or `local` elsewhere.'],
  }),
  test: (threshold) => {
    const falling = (hours: number) => {
      const step = (20e9 / (hours * 3600)) * 30;
      return { [`${FREE}{${DISK}}`]: changing(20e9 + step * 220, -step), [`${SIZE}{${DISK}}`]: always(200e9) };
    };
    return { fires: falling(threshold * 0.8), quiet: falling(threshold * 1.2) };
  },
};

const nearlyFull: AlertDefinition = {
  name: 'NodeDiskNearlyFull',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  threshold: { value: 10, unit: 'percent', min: 1, max: 90 },
  rules: (threshold) => [
    {
      expr: `min by (${LABELS}) (${FREE}{${ON_DISK}} / ${SIZE}) < ${threshold / 100}`,
      summary: '{{ $labels.mountpoint }} of {{ $labels.node }} has {{ $value | humanizePercentage }} left',
      description: 'The kubelet evicts pods when its disk is short.',
    },
  ],
  runbook: () => ({
    meaning: 'A disk of a node is almost full.',
    impact: 'Pods on the node are evicted, new ones do not start, logs are lost.',
    check: [
      query('Share that is free.', `${FREE} / ${SIZE}`),
      LARGEST,
      { look: 'Does the kubelet say DiskPressure?', command: 'kubectl describe nodes' },
    ],
    mend: [
      FREE_SPACE,
      'Drain the node and replace it: `kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`.',
    ],
  }),
  test: (threshold) => {
    const left = (percent: number) => ({
      [`${FREE}{${DISK}}`]: always(percent * 1e6),
      [`${SIZE}{${DISK}}`]: always(100e6),
    });
    return { fires: left(below(threshold)), quiet: left(above(threshold)) };
  },
};

/** Many systems mount their root read-only on purpose: only a file system that was writable before is a problem. */
const readOnly: AlertDefinition = {
  name: 'NodeFilesystemReadOnly',
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  rules: () => [
    {
      expr: `max by (${LABELS}) (node_filesystem_readonly{${ON_DISK}}) == 1 and on (${LABELS}) min by (${LABELS}) (min_over_time(node_filesystem_readonly[1d])) == 0`,
      summary: '{{ $labels.mountpoint }} of {{ $labels.node }} has become read-only',
      description: 'The kernel does that after errors of the disk.',
    },
  ],
  runbook: () => ({
    meaning: 'The kernel met errors of the disk and lets nothing be written any more.',
    impact: 'Programs on this file system fail when they write. Data written shortly before may be lost.',
    check: [
      {
        look: 'Errors of the kernel. NODE is a label of the alert.',
        command:
          'kubectl debug node/NODE -it --image=busybox -- dmesg | grep -i -E "I/O error|remount|ext4|xfs" | tail -20',
      },
    ],
    mend: [
      'Drain the node (`kubectl drain NODE --ignore-daemonsets --delete-emptydir-data`) and replace its disk.',
      'On a cloud disk: detach and attach it, check the file system, then mount it again.',
    ],
  }),
  test: () => ({
    fires: { [`node_filesystem_readonly{${DISK}}`]: turning(0, 1) },
    quiet: { [`node_filesystem_readonly{${DISK}}`]: always(1) },
  }),
};

/** Alerts on disks of nodes. */
export const nodeDiskAlerts: AlertGroup = {
  name: 'node-disks',
  title: 'Nodes: disks',
  alerts: [fills, nearlyFull, readOnly],
};
