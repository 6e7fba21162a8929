/** Checks across several keys: settings that conflict. */

import type { Unplaced } from '../../config/problems';
import { uniqueBy } from '../../config/unique';
import { bytes } from '../../config/units';
import { INTAKE_LIMITS } from '../../lib/limits';
import { capacityProblems } from '../capacity/check';
import { queueClaim, queuesOf } from '../capacity/collector-sizes';
import { prometheusClaim } from '../capacity/prometheus-sizes';
import type { Settings } from '../settings';
import { alertmanagerProblems } from './alertmanager';
import { refusals } from './combinations';
import { sloChecks } from './objectives';
import { placeProblems } from './places';

type Check = (settings: Settings) => readonly Unplaced[];

const gibibytes = (count: number) => `${Math.ceil(count / 2 ** 30)}Gi`;

/** The log and the compaction need the rest of the claim. With a capacity, its own check says the same. */
const retentionFitsClaim: Check = ({ capacity, prometheus: { retention, storage } }) => {
  const needed = prometheusClaim(bytes(retention.size));
  if (capacity !== null || needed <= bytes(storage)) return [];
  return [
    {
      path: 'prometheus.storage',
      value: storage,
      allowed: `at least ${gibibytes(needed)}: prometheus.retention.size ${retention.size} is at most 80 % of the claim and leaves 1Gi, for the write-ahead log and compaction`,
      fix: `prometheus.storage: ${gibibytes(needed)}, or a smaller prometheus.retention.size`,
    },
  ];
};

/** Compaction writes a copy before it removes the first. With a capacity, its own check says the same. */
const queueFitsClaim: Check = (settings) => {
  const { queue } = settings.collector;
  const queues = queuesOf(settings);
  const needed = queueClaim(bytes(queue.size), queues);
  if (settings.capacity !== null || needed <= bytes(queue.storage)) return [];
  return [
    {
      path: 'collector.queue.storage',
      value: queue.storage,
      allowed: `at least ${gibibytes(needed)}: ${queues} queue(s) of ${queue.size}, and room for a compacted copy`,
      fix: `collector.queue.storage: ${gibibytes(needed)}, or a smaller collector.queue.size`,
    },
  ];
};

const queueHoldsRequests: Check = ({ collector: { queue } }) =>
  bytes(queue.size) >= 4 * INTAKE_LIMITS.requestBytes
    ? []
    : [
        {
          path: 'collector.queue.size',
          value: queue.size,
          allowed: `at least four of the largest requests, ${INTAKE_LIMITS.requestBytes} bytes each`,
          fix: 'collector.queue.size: 1Gi',
        },
      ];

const remoteWriteOnce: Check = ({ prometheus }) =>
  uniqueBy(
    'prometheus.remoteWrite',
    prometheus.remoteWrite.map(({ name }) => name),
  );

const contactPointsOnce: Check = ({ grafana }) =>
  uniqueBy(
    'grafana.contactPoints',
    grafana.contactPoints.map(({ name }) => name),
  );

const pluginsOnce: Check = ({ grafana }) =>
  uniqueBy(
    'grafana.plugins',
    grafana.plugins.map((plugin) => plugin.replace(/@.*/, '')),
  );

const mailNeedsServer: Check = ({ grafana }) =>
  grafana.smtp === null && grafana.contactPoints.some(({ type }) => type === 'email')
    ? [
        {
          path: 'grafana.contactPoints',
          allowed: 'contact points of type email only with grafana.smtp',
          fix: 'set grafana.smtp: {host, fromAddress}',
        },
      ]
    : [];

/** Labels that span metrics have already, whatever is configured. */
const OWN_LABELS = [
  'service_name',
  'span_name',
  'span_kind',
  'status_code',
  'otelcol_truncated',
  'peer_service',
  'collector_instance_id',
  'job',
  'instance',
  'le',
];

/** In labels, "_" replaces all other characters of an attribute; with a duplicate label, the Collector would reject its configuration. */
const dimensionsOnce: Check = ({ collector }) => {
  const labels = collector.spanMetrics.dimensions.map((name) => name.replace(/[^a-z0-9]/g, '_'));
  return labels
    .filter((label, index) => OWN_LABELS.includes(label) || labels.indexOf(label) !== index)
    .map((label) => ({
      path: 'collector.spanMetrics.dimensions',
      value: label,
      allowed: `each label once, and none of those that span metrics have anyway: ${OWN_LABELS.join(', ')}`,
      fix: `remove the attribute that becomes ${label}`,
    }));
};

/** Alerts link to it. */
const runbooksSomewhere: Check = ({ alerts, grafana }) =>
  alerts.runbookUrl === null && grafana.dashboards.runbooks?.enabled === false
    ? [
        {
          path: 'grafana.dashboards.runbooks.enabled',
          value: 'false',
          allowed: 'true, unless alerts.runbookUrl names another place of the runbooks: each alert links to its own',
          fix: 'alerts.runbookUrl: https://…/docs/runbooks/, or remove this key',
        },
      ]
    : [];

const CHECKS: readonly Check[] = [
  runbooksSomewhere,
  placeProblems,
  capacityProblems,
  queueFitsClaim,
  queueHoldsRequests,
  dimensionsOnce,
  retentionFitsClaim,
  remoteWriteOnce,
  contactPointsOnce,
  pluginsOnce,
  mailNeedsServer,
  alertmanagerProblems,
  refusals,
  sloChecks,
];

/** All conflicts between settings. */
export const checkSettings: Check = (settings) => CHECKS.flatMap((check) => check(settings));
