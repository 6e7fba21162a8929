/** Panels of the overviews: alerts, targets, and error budgets. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { SLO_SERIES } from '../../objectives/budget';
import { firingAlerts, NOT_EVALUATED } from '../parts/firing';
import { BUDGET } from '../parts/limits';
import { clicked } from '../parts/links';
import { NOT_RECORDED, NOT_SCRAPED } from '../parts/no-data';
import type { Values } from '../spec';
import { UNITS } from '../units';

/** Objectives of the chosen services; an objective may be of a service that sends no spans, which belongs to All. */
const REMAINING = `${SLO_SERIES.remaining}{service=~"$service"}`;

export const firingNow = (): Values => ({
  kind: 'stat',
  title: 'Alerts',
  description:
    'Alerts of severity critical or warning that fire now: about the chosen services, and about what no service is named for',
  unit: UNITS.count,
  noData: NOT_EVALUATED,
  limits: { warning: 1, critical: 1 },
  queries: [{ expr: firingAlerts('service_name=~"$service|",service=~"$service|"'), legend: 'firing' }],
  links: [{ title: 'Which they are', dashboard: DASHBOARD_UIDS.alerting }],
});

export const targetsDown = (): Values => ({
  kind: 'stat',
  title: 'Targets down',
  description:
    'Targets that Prometheus finds and cannot scrape, of all services and of the stack. One that has vanished is an alert, and is not counted here',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  limits: { warning: 1, critical: 1 },
  queries: [{ expr: 'count(up) - sum(up)', legend: 'down' }],
  links: [{ title: 'Targets', dashboard: DASHBOARD_UIDS.prometheus }],
});

export const budgetLowest = (): Values => ({
  kind: 'stat',
  title: 'Error budget',
  description:
    'What is left of the error budget of the objective that is worst off. Below zero the objective is missed',
  unit: UNITS.share,
  noData: NOT_RECORDED,
  limits: BUDGET,
  queries: [{ expr: `min(${REMAINING})`, legend: 'left' }],
  links: [{ title: 'Objectives', dashboard: DASHBOARD_UIDS.slo }],
});

export const budgetLeft = (): Values => ({
  kind: 'bars',
  title: 'Error budget left',
  description:
    'What is left of the error budget of each objective, over its window. Below zero the objective is missed',
  unit: UNITS.share,
  noData: NOT_RECORDED,
  width: 10,
  limits: BUDGET,
  queries: [{ expr: `min by (service, slo) (${REMAINING})`, legend: '{{slo}}' }],
  links: [{ title: 'This objective', dashboard: DASHBOARD_UIDS.slo, variables: { slo: clicked('slo') } }],
});
