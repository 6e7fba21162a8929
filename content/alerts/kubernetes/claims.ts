import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { make, query } from '../../runbooks/checks';
import type { Places } from '../../runbooks/places';
import type { AlertContext, AlertDefinition, AlertGroup } from '../alert';
import { above, always, below, changing } from '../test-series';
import { notBound } from './claim-binding';
import { claimOf, inOurs } from './scope';

const CLAIM = 'namespace, persistentvolumeclaim';
/** Two nodes that mount one claim both measure it. */
const volume = (what: string, context: AlertContext) =>
  `min by (${CLAIM}) (kubelet_volume_stats_${what}{${inOurs(context)}})`;

const SPACE = query(
  'Share that is free, of each claim.',
  'kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes',
);
const enlarge = (at: Places) =>
  `Enlarge the claim, if its StorageClass allows it: raise \`storage\` of the component in the environment file, then \`${make(at, 'monitor-up')}\`. A claim never becomes smaller.`;
/** How to store less, for each program with a claim. */
const keepLess = ({ claims }: Places) => {
  const settings = [
    '`prometheus.retention`',
    ...(claims.jaeger === null ? [] : ['`jaeger.ttl`']),
    '`collector.queue.size`',
  ];
  return `Keep less: ${settings.join(', ')}. Prometheus deletes old blocks within two hours.`;
};
const CLAIMS = {
  look: 'The claims, their size and class.',
  command: 'kubectl get persistentvolumeclaims -n NAMESPACE',
};

/** The effect of a full claim, by the program that mounts it. */
const whatStops = ({ claims }: Places) => {
  const both = [
    ...(claims.grafana === null ? [] : ['Grafana']),
    ...(claims.alertmanager === null ? [] : ['Alertmanager']),
  ].join(' and ');
  return [
    'Prometheus stores no more samples.',
    ...(claims.jaeger === null ? [] : ['Jaeger stores no more spans.']),
    'The Collector refuses data.',
    ...(both === '' ? [] : [`${both} cannot save changes.`]),
  ].join(' ');
};

/** It shows what is used; the alerts measure what is available. */
const HOW_FULL = { dashboard: DASHBOARD_UIDS.workloads, title: 'Claims: how full' };

/** No alert while much is free: a volume fills fast only at the start. */
const FLOOR = 0.4;

const fills: AlertDefinition = {
  name: 'ClaimFills',
  owner: 'platform',
  severity: 'warning',
  for: '1h',
  threshold: { value: 4, unit: 'days', min: 1, max: 30 },
  panel: HOW_FULL,
  rules: (threshold, context) => [
    {
      expr: `min by (${CLAIM}) (predict_linear(kubelet_volume_stats_available_bytes{${inOurs(context)}}[6h], ${threshold * 86_400})) < 0 and on (${CLAIM}) ${volume('available_bytes', context)} / ${volume('capacity_bytes', context)} < ${FLOOR}`,
      summary: `{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} will be full within ${threshold} days`,
      description: 'If it goes on filling as in the last six hours.',
    },
  ],
  runbook: (at) => ({
    meaning: 'A volume fills steadily.',
    impact: 'None yet. When it is full, its program stops writing: samples, spans or the queue.',
    check: [
      SPACE,
      query(
        'Days until each is full.',
        'kubelet_volume_stats_available_bytes / (deriv(kubelet_volume_stats_available_bytes[6h]) < 0) / -86400',
      ),
      CLAIMS,
    ],
    mend: [enlarge(at), keepLess(at)],
  }),
  test: (threshold, context) => {
    // At the evaluation, after 220 steps of 30 s, 20 of 100 GB are left.
    const falling = (days: number) => {
      const step = (20e9 / (days * 86_400)) * 30;
      return {
        [`kubelet_volume_stats_available_bytes{${claimOf(context)}}`]: changing(20e9 + step * 220, -step),
        [`kubelet_volume_stats_capacity_bytes{${claimOf(context)}}`]: always(100e9),
      };
    };
    return { fires: falling(threshold * 0.8), quiet: falling(threshold * 1.2) };
  },
};

/** A claim with less free space than a share of its size. */
const nearlyFull = (
  what: 'bytes' | 'inodes',
  [free, all]: readonly [string, string],
  alert: Pick<AlertDefinition, 'name' | 'panel' | 'runbook'>,
): AlertDefinition => ({
  ...alert,
  owner: 'platform',
  severity: 'critical',
  for: '5m',
  threshold: { value: what === 'bytes' ? 10 : 5, unit: 'percent', min: 1, max: 90 },
  rules: (threshold, context) => [
    {
      expr: `${volume(free, context)} / (${volume(all, context)} > 0) < ${threshold / 100}`,
      summary: `{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} of its ${what} left`,
      description: 'When nothing is left, its program can no longer write.',
    },
  ],
  test: (threshold, context) => {
    const left = (percent: number) => ({
      [`kubelet_volume_stats_${free}{${claimOf(context)}}`]: always(percent * 1000),
      [`kubelet_volume_stats_${all}{${claimOf(context)}}`]: always(100_000),
    });
    return { fires: left(below(threshold)), quiet: left(above(threshold)) };
  },
});

const bytesLow = nearlyFull('bytes', ['available_bytes', 'capacity_bytes'], {
  name: 'ClaimNearlyFull',
  panel: HOW_FULL,
  runbook: (at) => ({
    meaning: 'A volume is almost full.',
    impact: whatStops(at),
    check: [SPACE, CLAIMS],
    mend: [enlarge(at), keepLess(at)],
  }),
});

const inodesLow = nearlyFull('inodes', ['inodes_free', 'inodes'], {
  name: 'ClaimInodesLow',
  runbook: (at) => ({
    meaning: 'The file system of a volume can hold hardly any more files.',
    impact: 'As when it is full: nothing new can be written, although there is space.',
    check: [
      query('Share of inodes that is free.', 'kubelet_volume_stats_inodes_free / kubelet_volume_stats_inodes'),
      CLAIMS,
    ],
    mend: [
      enlarge(at),
      'Delete many small files that are no longer needed; the component whose claim it is knows them.',
    ],
  }),
});

/** Alerts on claims of the stack and of Jan Server. */
export const claimAlerts: AlertGroup = {
  name: 'claims',
  title: 'Claims',
  alerts: [fills, bytesLow, inodesLow, notBound],
};
