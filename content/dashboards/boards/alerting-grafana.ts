/** Panels of alerts: those that Grafana evaluates, and its notifications. */
import { ratio, sumBy } from '../../../metrics/spans';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';
import { UNITS } from '../units';

const NO_RULES = 'Grafana has no alert rules of its own, or is not scraped';
const NONE_SENT = 'Grafana sent no notification in this time';
const rate = (counter: string) => `rate(grafana_alerting_${counter}{job="grafana"}[${RATE}])`;
const EVALUATED = rate('rule_evaluations_total');
const NOT_EVALUATED = rate('rule_evaluation_failures_total');
const SENT = rate('notifications_total');
const NOT_SENT = rate('notifications_failed_total');

export const rulesNow = (): Values => ({
  kind: 'stat',
  title: 'Alert rules failing',
  description: 'Share of the evaluations of alert rules in Grafana that end with an error. Such an alert cannot fire',
  unit: UNITS.share,
  noData: NO_RULES,
  limits: { warning: 0.0001, critical: 0.01 },
  queries: [{ expr: ratio(sumBy([], NOT_EVALUATED), sumBy([], EVALUATED)), legend: 'failing' }],
});

export const deliveryNow = (): Values => ({
  kind: 'stat',
  title: 'Contact points failing',
  description: 'Share of the notifications of Grafana that its contact points did not take',
  unit: UNITS.share,
  noData: NONE_SENT,
  limits: { warning: 0.01, critical: 0.1 },
  queries: [{ expr: ratio(sumBy([], NOT_SENT), sumBy([], SENT)), legend: 'failing' }],
});

export const evaluations = (): Lines => ({
  kind: 'lines',
  title: 'Evaluations in Grafana',
  description: 'Evaluations a second of alert rules that Grafana itself evaluates, and those that end with an error',
  unit: UNITS.eventsPerSecond,
  noData: NO_RULES,
  queries: [
    { expr: sumBy([], EVALUATED), legend: 'evaluated' },
    { expr: sumBy([], NOT_EVALUATED), legend: 'failed' },
  ],
});

export const notifications = (): Lines => ({
  kind: 'lines',
  title: 'Notifications of Grafana',
  description: 'Notifications a second of Grafana by integration, and those that could not be delivered',
  unit: UNITS.notificationsPerSecond,
  noData: NONE_SENT,
  queries: [
    { expr: `${sumBy(['integration'], SENT)} > 0`, legend: '{{integration}}' },
    { expr: `${sumBy(['integration'], NOT_SENT)} > 0`, legend: '{{integration}} failed' },
  ],
});
