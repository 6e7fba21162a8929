/** Panels of RED: the present state, one number each. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { badRatio, callErrorRatio, latencyQuantile, requestRate } from '../../../metrics/spans';
import { SLO_SERIES } from '../../objectives/budget';
import { firingAlerts, NOT_EVALUATED } from '../parts/firing';
import { BUDGET, FAILING } from '../parts/limits';
import { NO_SPANS, NOT_RECORDED } from '../parts/no-data';
import type { Values } from '../spec';
import { UNITS } from '../units';
import { CALLS, FAILED_TRACES, OF_SERVICE, TOGETHER, TRACES } from './red-chosen';

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing',
  description:
    'Share of requests to the chosen routes that failed at the server or got a fallback answer. 4xx are left out. llm-api answers a body that is no JSON with 500',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: badRatio(TOGETHER), legend: 'failing' }],
  links: FAILED_TRACES,
});

const within = (quantile: number, share: string, what: string): Values => ({
  kind: 'stat',
  title: `${share} within`,
  description: `${what} requests to the chosen routes take no longer than this. Where a model answers that is the length of its answers`,
  unit: UNITS.seconds,
  noData: NO_SPANS,
  limits: null,
  queries: [{ expr: latencyQuantile(quantile, TOGETHER), legend: share }],
  links: TRACES,
});

export const p50Now = (): Values => within(0.5, '50 %', 'Median: half of the');
export const p95Now = (): Values => within(0.95, '95 %', '95th percentile: nineteen of twenty');
export const p99Now = (): Values => within(0.99, '99 %', '99th percentile: ninety-nine of a hundred');

export const requestsNow = (): Values => ({
  kind: 'stat',
  title: 'Requests',
  description:
    'Requests to the chosen routes a second, counted from server spans before any sampling. Probes and /metrics are left out',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  limits: null,
  queries: [{ expr: requestRate(TOGETHER), legend: 'requests' }],
  links: TRACES,
});

export const failingCallsNow = (): Values => ({
  kind: 'stat',
  title: 'Failing calls',
  description:
    'Share of the calls of the service to providers, databases and other services that failed, whatever route is chosen. A 4xx counts: the service is the client here, and was refused',
  unit: UNITS.share,
  noData: 'No calls: does the service make client spans of what it asks others?',
  limits: FAILING,
  queries: [{ expr: callErrorRatio({ ...CALLS, by: [] }), legend: 'failing' }],
  links: FAILED_TRACES,
});

export const firingNow = (): Values => ({
  kind: 'stat',
  title: 'Alerts',
  description:
    'Alerts of severity critical or warning about the service that fire now: with its name in the label service_name, service or job',
  unit: UNITS.count,
  noData: NOT_EVALUATED,
  limits: { warning: 1, critical: 1 },
  queries: [{ expr: firingAlerts(OF_SERVICE, 'service="$service"', 'job="$service"'), legend: 'firing' }],
  links: [{ title: 'Which they are', dashboard: DASHBOARD_UIDS.alerting }],
});

export const budgetNow = (): Values => ({
  kind: 'stat',
  title: 'Error budget',
  description:
    'What is left of the error budget of the objective of this service that is worst off. Below zero the objective is missed',
  unit: UNITS.share,
  noData: `${NOT_RECORDED}. A service may have no objective`,
  limits: BUDGET,
  queries: [{ expr: `min(${SLO_SERIES.remaining}{service="$service"})`, legend: 'left' }],
  links: [{ title: 'Objectives', dashboard: DASHBOARD_UIDS.slo }],
});
