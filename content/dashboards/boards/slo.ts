/** Objectives and their error budgets, from recorded series with the names that sloth gives them. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { REFUSED } from '../parts/annotations';
import { NOT_RECORDED } from '../parts/no-data';
import type { Dashboard, Lines, Query, Table, Values, Variable } from '../spec';

const CHOSEN = '{slo=~"$slo"}';
const LEGEND = '{{service}} {{slo}}';
const LINKS = [
  {
    title: 'Requests of this service',
    dashboard: DASHBOARD_UIDS.red,
    variables: { service: '${__field.labels.service}' },
  },
];
const series = (name: string) => `max by (service, slo) (${name}${CHOSEN})`;
const errorRatio = (window: string): Query => ({
  expr: series(`slo:sli_error:ratio_rate${window}`),
  legend: `${LEGEND}, ${window}`,
});

const objective: Variable = {
  name: 'slo',
  label: 'Objective',
  description: 'Objectives of the configuration',
  of: 'slo',
  series: ['slo:objective:ratio'],
  several: true,
};

const budgets = (): Values => ({
  kind: 'bars',
  title: 'Error budget left',
  description:
    'What is left of the error budget over the window of the objective: 1 all of it, 0 none, below 0 the objective is missed',
  unit: 'percentunit',
  noData: NOT_RECORDED,
  width: 24,
  min: -1,
  limits: { warning: 0.25, critical: 0 },
  queries: [{ expr: series('slo:period_error_budget_remaining:ratio'), legend: LEGEND }],
  links: LINKS,
});

const table = (): Table => ({
  kind: 'table',
  title: 'Objectives',
  description: 'What is promised, what was bad of late, how fast the budget is spent, and what is left of it',
  unit: 'percentunit',
  noData: NOT_RECORDED,
  width: 24,
  columns: { service: 'Service', slo: 'Objective' },
  queries: [
    { expr: series('slo:objective:ratio'), legend: 'Promised' },
    { expr: series('slo:sli_error:ratio_rate1h'), legend: 'Bad in the last hour' },
    { expr: series('slo:sli_error:ratio_rate3d'), legend: 'Bad in the last 3 days' },
    { expr: series('slo:current_burn_rate:ratio'), legend: 'Burn rate' },
    { expr: series('slo:period_error_budget_remaining:ratio'), legend: 'Budget left' },
  ],
  units: { 'Burn rate': 'none' },
});

const left = (): Lines => ({
  kind: 'lines',
  title: 'Error budget over time',
  description: 'A step down is an incident, a slope is a steady loss. It comes back as the incident leaves the window',
  unit: 'percentunit',
  noData: NOT_RECORDED,
  min: null,
  limits: { warning: 0.25, critical: 0 },
  queries: [{ expr: series('slo:period_error_budget_remaining:ratio'), legend: LEGEND }],
  links: LINKS,
});

const burn = (): Lines => ({
  kind: 'lines',
  title: 'Burn rate',
  description:
    'At 1 the budget lasts exactly its window; at 14.4 a budget of 30 days is spent in two. Alerts compare two windows each',
  unit: 'none',
  noData: NOT_RECORDED,
  limits: { warning: 1, critical: 14.4 },
  queries: [{ expr: series('slo:current_burn_rate:ratio'), legend: LEGEND }],
  links: LINKS,
});

const fast = (): Lines => ({
  kind: 'lines',
  title: 'Bad events over short windows',
  description:
    'Share of bad events over 5 minutes and an hour, and over 30 minutes and 6 hours: what the paging alerts compare',
  unit: 'percentunit',
  noData: NOT_RECORDED,
  queries: [errorRatio('5m'), errorRatio('30m'), errorRatio('1h'), errorRatio('6h')],
  links: LINKS,
});

const slow = (): Lines => ({
  kind: 'lines',
  title: 'Bad events over long windows',
  description:
    'Share of bad events over 2 hours and a day, and over 6 hours and 3 days: what the tickets compare, beside the share that is allowed',
  unit: 'percentunit',
  noData: NOT_RECORDED,
  queries: [
    errorRatio('2h'),
    errorRatio('1d'),
    errorRatio('3d'),
    { expr: series('slo:error_budget:ratio'), legend: `${LEGEND}, allowed` },
  ],
  links: LINKS,
});

const events = (): Lines => ({
  kind: 'lines',
  title: 'Events',
  description: 'Events a second that the objective counts. Few events make every ratio jump',
  unit: 'ops',
  noData: NOT_RECORDED,
  queries: [{ expr: series('slo:sli_total:rate'), legend: LEGEND }],
  links: LINKS,
});

const bad = (): Lines => ({
  kind: 'lines',
  title: 'Bad events',
  description: 'Events a second that are spent from the budget',
  unit: 'ops',
  noData: NOT_RECORDED,
  queries: [{ expr: series('slo:sli_bad:rate'), legend: LEGEND }],
  links: LINKS,
});

/** "Objectives and error budgets". */
export const slo = (): Dashboard => ({
  uid: DASHBOARD_UIDS.slo,
  title: 'Objectives and error budgets',
  description: 'Which service level objectives are kept, and how fast their error budgets are spent',
  tags: ['slo'],
  variables: [objective],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.janServer, DASHBOARD_UIDS.services, DASHBOARD_UIDS.red, DASHBOARD_UIDS.alerting],
  rows: [
    { title: 'Now', panels: [budgets(), table()] },
    { title: 'Budget', panels: [left(), burn()] },
    { title: 'Events', panels: [fast(), slow(), events(), bad()] },
  ],
});
