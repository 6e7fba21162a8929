/** Panels of alerts: their way from Prometheus to Alertmanager, and from there to people. */
import { quantileOf, ratio, selector, sumBy } from '../../../metrics/spans';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';
import { UNITS } from '../units';

export const OF_ALERTMANAGER = 'job="alertmanager"';
const NONE_SENT = 'No notification was due in this time';
const NO_ALERTMANAGER = 'No Alertmanager is configured, or Prometheus is not scraped';

/** The rate of a counter of notifications. */
const rate = (counter: string) => `rate(alertmanager_${counter}{${OF_ALERTMANAGER}}[${RATE}])`;
const TRIED = 'notifications_total';
const FAILED = 'notifications_failed_total';

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Delivery fails',
  description: 'Share of the notifications of Alertmanager that could not be delivered',
  unit: UNITS.share,
  noData: NONE_SENT,
  limits: { warning: 0.01, critical: 0.1 },
  queries: [{ expr: ratio(sumBy([], rate(FAILED)), sumBy([], rate(TRIED))), legend: 'failing' }],
});

export const lostNow = (): Values => ({
  kind: 'stat',
  title: 'Undelivered',
  description: 'Alerts a second that Prometheus gave up, because no Alertmanager took them or the queue was full',
  unit: UNITS.alertsPerSecond,
  noData: NO_ALERTMANAGER,
  limits: { warning: 0.001, critical: 0.001 },
  queries: [{ expr: `sum(rate(prometheus_notifications_dropped_total[${RATE}]))`, legend: 'given up' }],
});

export const silencesNow = (): Values => ({
  kind: 'stat',
  title: 'Silences',
  description: 'Silences that are active: alerts that match one send no notification until it ends',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  limits: { warning: 1, critical: 20 },
  queries: [{ expr: `max(alertmanager_silences{${OF_ALERTMANAGER},state="active"})`, legend: 'active' }],
});

export const sent = (): Lines => ({
  kind: 'lines',
  title: 'Notifications by integration',
  description:
    'Notifications a second that Alertmanager tried to deliver. Integrations that were not used have no line',
  unit: UNITS.notificationsPerSecond,
  noData: NONE_SENT,
  queries: [{ expr: `${sumBy(['integration'], rate(TRIED))} > 0`, legend: '{{integration}}' }],
});

export const failed = (): Lines => ({
  kind: 'lines',
  title: 'Notifications that fail',
  description:
    'Share of notifications that could not be delivered, by integration. The log of Alertmanager has the reason',
  unit: UNITS.share,
  noData: NONE_SENT,
  limits: { warning: 0.01, critical: 0.1 },
  queries: [
    {
      expr: ratio(sumBy(['integration'], rate(FAILED)), sumBy(['integration'], rate(TRIED))),
      legend: '{{integration}}',
    },
  ],
});

export const latency = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of delivery',
  description: 'Nineteen of twenty notifications take no longer, by integration',
  unit: UNITS.seconds,
  noData: NONE_SENT,
  queries: [
    {
      // A quantile of no observations is not a number, and would be a line without a value for each integration that there is.
      expr: `${quantileOf(0.95, 'alertmanager_notification_latency_seconds_bucket', { matchers: OF_ALERTMANAGER, range: RATE, by: ['integration'] })} >= 0`,
      legend: '{{integration}}',
    },
  ],
});

/** The address of an Alertmanager without the path of its API. */
const byHost = (expr: string) =>
  `sum by (host) (label_replace(${expr}, "host", "$1", "alertmanager", "https?://([^/]+)/.*"))`;

export const lost = (): Lines => ({
  kind: 'lines',
  title: 'Alerts that do not reach Alertmanager',
  description:
    'Alerts a second that an Alertmanager refused or that did not reach it, and those that the queue had no room for',
  unit: UNITS.alertsPerSecond,
  noData: NO_ALERTMANAGER,
  queries: [
    { expr: byHost(`rate(prometheus_notifications_errors_total[${RATE}])`), legend: '{{host}} refused' },
    { expr: byHost(`rate(prometheus_notifications_dropped_total[${RATE}])`), legend: '{{host}} dropped' },
  ],
});

export const queue = (): Lines => ({
  kind: 'lines',
  title: 'Queue of alerts',
  description: 'How full the queue of alerts in Prometheus is. When it is full, alerts are dropped',
  unit: UNITS.share,
  noData: NO_ALERTMANAGER,
  limits: { warning: 0.5, critical: 0.9 },
  max: 1,
  queries: [
    {
      expr: 'max by (instance) (prometheus_notifications_queue_length) / max by (instance) (prometheus_notifications_queue_capacity)',
      legend: '{{instance}}',
    },
  ],
});

export const known = (): Lines => ({
  kind: 'lines',
  title: 'Alertmanagers that Prometheus knows',
  description: 'How many Alertmanagers each Prometheus sends alerts to. With none, no alert is delivered',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  queries: [{ expr: selector('prometheus_notifications_alertmanagers_discovered'), legend: '{{instance}}' }],
});
