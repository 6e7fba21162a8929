/** Panels of objectives: which are kept, and how fast their error budgets are spent. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { SLO_SERIES } from '../../objectives/budget';
import { cell } from '../parts/cells';
import { BUDGET } from '../parts/limits';
import { NOT_RECORDED } from '../parts/no-data';
import { type State, state } from '../parts/state';
import type { Link, Table, Values } from '../spec';
import { UNITS } from '../units';

/** Of the objectives that are chosen on this dashboard. */
const CHOSEN = '{slo=~"$slo"}';
/** Colours of burn rates: above 1 the budget does not last, and at 14.4 an alert pages. */
export const BURN_LIMITS = { warning: 1, critical: 14.4 } as const;

/** A recorded series, one for each chosen objective, with the service that it belongs to. */
export const series = (name: string): string => `max by (service, slo) (${name}${CHOSEN})`;

/** The requests of the service of an objective. @param service its name, as a variable of Grafana */
export const toRequests = (service: string): Link => ({
  title: 'Requests of this service',
  dashboard: DASHBOARD_UIDS.red,
  variables: { service },
});

const now = (one: Omit<State, 'noData'>): Values => state({ noData: NOT_RECORDED, ...one });

export const missed = (): Values =>
  now({
    title: 'Missed',
    description: 'Objectives with nothing left of their error budgets: in their windows, less was kept than promised',
    expr: `sum(${SLO_SERIES.remaining}${CHOSEN} <= bool 0)`,
    limits: { warning: 1, critical: 1 },
  });

export const atRisk = (): Values =>
  now({
    title: 'At risk',
    description: 'Objectives with less than a quarter of their error budgets left, missed ones among them',
    expr: `sum(${SLO_SERIES.remaining}${CHOSEN} < bool 0.25)`,
    limits: { warning: 1, critical: 5 },
  });

export const tooFast = (): Values =>
  now({
    title: 'Burn too fast',
    description: 'Objectives whose budgets do not last for their windows if the last five minutes go on',
    expr: `sum(${SLO_SERIES.burnRate}${CHOSEN} > bool 1)`,
    limits: { warning: 1, critical: 5 },
  });

export const lowest = (): Values =>
  now({
    title: 'Lowest budget',
    description: 'What is left of the error budget of the objective that has least. Below 0 the objective is missed',
    expr: `min(${SLO_SERIES.remaining}${CHOSEN})`,
    unit: UNITS.share,
    limits: BUDGET,
    min: -1,
  });

export const fastest = (): Values =>
  now({
    title: 'Fastest burn',
    description:
      'How many times as fast as it may be the fastest budget was spent in the last five minutes. At 1 it lasts exactly for its window',
    expr: `max(${SLO_SERIES.burnRate}${CHOSEN})`,
    unit: UNITS.number,
    limits: BURN_LIMITS,
  });

export const hourly = (): Values =>
  now({
    title: 'Burn, 1 hour',
    description: 'The same over the last hour: what goes on, and not what a few requests were in five minutes',
    expr: `max(${SLO_SERIES.errorRatio('1h')}${CHOSEN} / ${SLO_SERIES.budget}${CHOSEN})`,
    unit: UNITS.number,
    limits: BURN_LIMITS,
  });

export const objectives = (): Table => ({
  kind: 'table',
  title: 'Objectives',
  description:
    'What is left of each error budget, how fast it is spent, what was bad of late, and what is promised. The lowest budget first; the objective leads to the requests of its service',
  unit: UNITS.share,
  noData: NOT_RECORDED,
  columns: { slo: 'Objective', service: 'Service' },
  queries: [
    { expr: series(SLO_SERIES.remaining), legend: 'Budget left' },
    { expr: series(SLO_SERIES.burnRate), legend: 'Burn rate' },
    { expr: series(SLO_SERIES.errorRatio('1h')), legend: 'Bad in the last hour' },
    { expr: series(SLO_SERIES.errorRatio('3d')), legend: 'Bad in 3 days' },
    { expr: series(SLO_SERIES.objective), legend: 'Promised' },
  ],
  cells: {
    'Budget left': { show: 'bar', max: 1, limits: BUDGET, width: 260 },
    'Burn rate': { unit: UNITS.number, show: 'colour', limits: BURN_LIMITS },
    'Bad in the last hour': { width: 160 },
    'Bad in 3 days': { width: 130 },
  },
  sortBy: 'Budget left',
  ascending: true,
  links: [toRequests(cell('Service'))],
});
