/** Panels of workloads: how full claims are, from the kubelet. */
import { daysLeft } from '../parts/days-left';
import { NO_OBJECTS, NO_USAGE } from '../parts/no-data';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';
import { ofNamespace, ROW_TO_NAMESPACE } from './workloads-scope';

const CLAIM = 'namespace, persistentvolumeclaim';

/** Two nodes that mount one claim both measure it. */
const of = (metric: string) => `max by (${CLAIM}) (${ofNamespace(`kubelet_volume_stats_${metric}`)})`;

/** Share of its volume that is no longer free, of each claim: what the alerts on claims look at. A file system keeps a part for root. */
export const FILL = `1 - ${of('available_bytes')} / ${of('capacity_bytes')}`;

const LIMITS = { warning: 0.8, critical: 0.9 };
const DAYS_LEFT = daysLeft(ofNamespace('kubelet_volume_stats_available_bytes'), CLAIM);

export const claims = (): Table => ({
  kind: 'table',
  title: 'Claims',
  description:
    'Use and size of each volume, and the days until it is full if it goes on filling as in the time range. Storage on a directory of the node reports the whole disk',
  unit: UNITS.bytes,
  noData: NO_USAGE,
  width: 24,
  columns: { persistentvolumeclaim: 'Claim', namespace: 'Namespace' },
  queries: [
    { expr: of('used_bytes'), legend: 'Used' },
    { expr: of('capacity_bytes'), legend: 'Size' },
    { expr: FILL, legend: 'Full' },
    { expr: DAYS_LEFT, legend: 'Days left' },
    { expr: `1 - ${of('inodes_free')} / (${of('inodes')} > 0)`, legend: 'Inodes' },
  ],
  cells: {
    Full: { unit: UNITS.share, show: 'bar', max: 1, limits: LIMITS, width: 260 },
    'Days left': { unit: UNITS.count, show: 'colour', limits: { warning: 4, critical: 1 }, empty: '-' },
    Inodes: { unit: UNITS.share, show: 'colour', limits: { warning: 0.9, critical: 0.95 } },
  },
  sortBy: 'Full',
  links: [ROW_TO_NAMESPACE],
});

export const claimsFull = (): Lines => ({
  kind: 'lines',
  title: 'Claims: how full',
  description:
    'Share of each volume that is no longer free. Retention keeps Prometheus and Jaeger below a level; a queue drains',
  unit: UNITS.share,
  noData: NO_USAGE,
  width: 12,
  max: 1,
  limits: LIMITS,
  queries: [{ expr: FILL, legend: '{{persistentvolumeclaim}}' }],
});

export const claimPhases = (): Lines => ({
  kind: 'lines',
  title: 'Claims by phase',
  description: 'Bound: it has a volume. Pending: it waits for one, or for its first pod. Lost: its volume is gone',
  unit: UNITS.count,
  noData: NO_OBJECTS,
  width: 12,
  stacked: true,
  queries: [
    { expr: `sum by (phase) (${ofNamespace('kube_persistentvolumeclaim_status_phase')}) > 0`, legend: '{{phase}}' },
  ],
});
