/** Objectives and their error budgets, from recorded series with the names that sloth gives them. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { SLO_SERIES } from '../../objectives/budget';
import { DEPLOYED, REFUSED } from '../parts/annotations';
import { BUDGET } from '../parts/limits';
import { clicked } from '../parts/links';
import { NOT_RECORDED } from '../parts/no-data';
import type { Dashboard, Lines, Query, Variable } from '../spec';
import { UNITS } from '../units';
import {
  atRisk,
  BURN_LIMITS,
  fastest,
  hourly,
  lowest,
  missed,
  objectives,
  series,
  tooFast,
  toRequests,
} from './slo-now';

/** Names of objectives begin with that of the service. */
const LEGEND = '{{slo}}';
const LINKS = [toRequests(clicked('service'))];
const over = (window: string): Query => ({
  expr: series(SLO_SERIES.errorRatio(window)),
  legend: `${LEGEND}, ${window}`,
});

const objective: Variable = {
  name: 'slo',
  label: 'Objective',
  description: 'Objectives of the configuration',
  of: 'slo',
  series: [SLO_SERIES.objective],
  several: true,
};

/** Recorded series over time, a line for each objective. */
const lines = (own: Pick<Lines, 'title' | 'description' | 'unit' | 'queries'> & Partial<Lines>): Lines => ({
  kind: 'lines',
  noData: NOT_RECORDED,
  links: LINKS,
  ...own,
});

const left = (): Lines =>
  lines({
    title: 'Error budget left',
    description: 'A step down is an incident, a slope a steady loss. It comes back as the incident leaves the window',
    unit: UNITS.share,
    min: null,
    limits: BUDGET,
    queries: [{ expr: series(SLO_SERIES.remaining), legend: LEGEND }],
  });

const burn = (): Lines =>
  lines({
    title: 'Burn rate',
    description:
      'How fast the budget was spent in the last five minutes: at 1 it lasts exactly for its window, and at 14.4 an alert pages',
    unit: UNITS.number,
    limits: BURN_LIMITS,
    queries: [{ expr: series(SLO_SERIES.burnRate), legend: LEGEND }],
  });

const bad = (): Lines =>
  lines({
    title: 'Bad events',
    description: 'Events a second that are taken from the budget: failed requests, or those that took too long',
    unit: UNITS.eventsPerSecond,
    queries: [{ expr: series(SLO_SERIES.bad), legend: LEGEND }],
  });

const fast = (): Lines =>
  lines({
    title: 'Bad events over short windows',
    description:
      'Share of bad events over 5 minutes and an hour, and over 30 minutes and 6 hours: what the critical alerts compare',
    unit: UNITS.share,
    queries: [over('5m'), over('30m'), over('1h'), over('6h')],
  });

const slow = (): Lines =>
  lines({
    title: 'Bad events over long windows',
    description:
      'Share of bad events over 2 hours and a day, and over 6 hours and 3 days: what the warnings compare, beside the share that is allowed',
    unit: UNITS.share,
    queries: [
      over('2h'),
      over('1d'),
      over('3d'),
      { expr: series(SLO_SERIES.budget), legend: `${LEGEND}, allowed`, bound: true },
    ],
  });

const events = (): Lines =>
  lines({
    title: 'Events',
    description: 'Events a second that the objective counts. Where there are few, every bad one is a large share',
    unit: UNITS.eventsPerSecond,
    queries: [{ expr: series(SLO_SERIES.total), legend: LEGEND }],
  });

/** "Objectives and error budgets". */
export const slo = (): Dashboard => ({
  uid: DASHBOARD_UIDS.slo,
  title: 'Objectives and error budgets',
  description: 'Which service level objectives are kept, and how fast their error budgets are spent',
  tags: ['slo'],
  variables: [objective],
  annotations: [REFUSED, DEPLOYED],
  related: [
    DASHBOARD_UIDS.home,
    DASHBOARD_UIDS.janServer,
    DASHBOARD_UIDS.services,
    DASHBOARD_UIDS.red,
    DASHBOARD_UIDS.alerting,
  ],
  rows: [
    {
      title: 'Are the objectives kept?',
      panels: [missed(), atRisk(), tooFast(), lowest(), fastest(), hourly()],
    },
    { title: 'Which budget is spent?', panels: [objectives()] },
    { title: 'Since when?', panels: [left(), burn(), bad()] },
    { title: 'What do the alerts compare?', closed: true, panels: [fast(), slow(), events()] },
  ],
});
