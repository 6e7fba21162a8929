/** Panels of workloads: how full claims are, from the kubelet. */
import { selector } from '../../../metrics/spans';
import { NO_USAGE } from '../parts/no-data';
import type { Lines, Table, Values } from '../spec';
import { CHOSEN } from './workloads-pods';

const BY_CLAIM = 'namespace, persistentvolumeclaim';
const of = (metric: string) => `max by (${BY_CLAIM}) (${selector(metric, CHOSEN)})`;
const FILL = `${of('kubelet_volume_stats_used_bytes')} / ${of('kubelet_volume_stats_capacity_bytes')}`;

export const claimsNow = (): Values => ({
  kind: 'stat',
  title: 'Fullest claim',
  description: 'Share of its volume that the fullest claim uses',
  unit: 'percentunit',
  noData: NO_USAGE,
  width: 6,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: `max(${FILL})`, legend: 'used' }],
});

export const claims = (): Table => ({
  kind: 'table',
  title: 'Claims',
  description: 'Size and use of each volume. Storage on a directory of the node reports the whole disk',
  unit: 'bytes',
  noData: NO_USAGE,
  columns: { namespace: 'Namespace', persistentvolumeclaim: 'Claim' },
  queries: [
    { expr: of('kubelet_volume_stats_used_bytes'), legend: 'Used' },
    { expr: of('kubelet_volume_stats_capacity_bytes'), legend: 'Size' },
    { expr: FILL, legend: 'Full' },
    {
      expr: `${of('kubelet_volume_stats_inodes_used')} / ${of('kubelet_volume_stats_inodes')}`,
      legend: 'Inodes used',
    },
  ],
  units: { Full: 'percentunit', 'Inodes used': 'percentunit' },
  sortBy: 'Full',
});

export const claimsFull = (): Lines => ({
  kind: 'lines',
  title: 'Claims: how full',
  description: 'Share of each volume that is used. Retention keeps Prometheus and Jaeger below a level; a queue drains',
  unit: 'percentunit',
  noData: NO_USAGE,
  max: 1,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: FILL, legend: '{{namespace}} {{persistentvolumeclaim}}' }],
});
