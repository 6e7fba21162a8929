/** Panels of the home page: each service, and each objective. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { notAnswer } from '../../../metrics/routes';
import { badRatio, latencyQuantile, requestRate } from '../../../metrics/spans';
import { SLO_SERIES } from '../../objectives/budget';
import { cell } from '../parts/cells';
import { BUDGET, FAILING } from '../parts/limits';
import { toService } from '../parts/links';
import { NO_SPANS, NOT_RECORDED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Table, Values } from '../spec';
import { UNITS } from '../units';

const BY_SERVICE = { range: RATE };
/** Without the routes on which a model answers: a long answer takes long. */
const P95 = latencyQuantile(0.95, { ...BY_SERVICE, matchers: notAnswer('http_route') });

export const services = (): Table => ({
  kind: 'table',
  title: 'Services',
  description:
    'Services that send spans now: the share of requests that fail, how long nineteen of twenty take at most (routes on which a model answers left out), and requests a second. The worst first',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  width: 8,
  columns: { service_name: 'Service' },
  queries: [
    { expr: badRatio(BY_SERVICE), legend: 'Failing' },
    { expr: P95, legend: '95 %' },
    { expr: requestRate(BY_SERVICE), legend: 'Requests' },
  ],
  cells: {
    Failing: { unit: UNITS.share, show: 'colour', limits: FAILING, width: 80 },
    '95 %': { unit: UNITS.seconds, width: 80 },
    Requests: { show: 'bar', width: 140 },
  },
  sortBy: 'Failing',
  thenBy: 'Requests',
  links: [toService(cell('Service'))],
});

export const failing = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests by service',
  description: 'Share of requests that failed at the server, fallback answers included. 4xx are left out',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: badRatio(BY_SERVICE), legend: '{{service_name}}' }],
  links: [toService()],
});

export const slow = (): Lines => ({
  kind: 'lines',
  title: '95th percentile by service',
  description: 'Nineteen of twenty requests took no longer. Routes on which a model answers are left out',
  unit: UNITS.seconds,
  noData: NO_SPANS,
  exemplars: true,
  queries: [{ expr: P95, legend: '{{service_name}}' }],
  links: [toService()],
});

export const requests = (): Lines => ({
  kind: 'lines',
  title: 'Requests by service',
  description:
    'Requests a second, without probes and /metrics. The marks are containers that begin to run another image',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  width: 10,
  queries: [{ expr: requestRate(BY_SERVICE), legend: '{{service_name}}' }],
  links: [toService()],
});

export const budgets = (): Values => ({
  kind: 'bars',
  title: 'Error budget left',
  description: 'What is left of the error budget of each objective, over its window. Below 0 the objective is missed',
  unit: UNITS.share,
  noData: NOT_RECORDED,
  width: 5,
  limits: BUDGET,
  queries: [{ expr: `min by (slo) (${SLO_SERIES.remaining})`, legend: '{{slo}}' }],
  links: [{ title: 'Objectives', dashboard: DASHBOARD_UIDS.slo }],
});
