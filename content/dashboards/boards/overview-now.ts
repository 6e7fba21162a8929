/** Panels of the overview: the current state, one number each. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { notAnswer } from '../../../metrics/routes';
import { badRatio, latencyQuantile, requestRate } from '../../../metrics/spans';
import { NO_SPANS, NOT_RECORDED, NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Values } from '../spec';

const ALL = { range: RATE, by: [] };

export const requestsNow = (): Values => ({
  kind: 'stat',
  title: 'Requests',
  description:
    'Requests a second to all services that send spans, counted before any sampling. Probes and /metrics are left out. Of Jan Server up to 2026-01 llm-api and realtime-api send spans; response-api, media-api and mcp-tools do not',
  unit: 'reqps',
  noData: NO_SPANS,
  queries: [{ expr: requestRate(ALL), legend: 'requests' }],
});

export const badShareNow = (): Values => ({
  kind: 'stat',
  title: 'Failing requests',
  description:
    'Share of requests that failed at the server, and completions that were answered with a fallback text because the provider failed. 4xx are left out',
  unit: 'percentunit',
  noData: NO_SPANS,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: badRatio(ALL), legend: 'failing' }],
});

export const p95Now = (): Values => ({
  kind: 'stat',
  title: '95th percentile',
  description:
    'Nineteen of twenty requests to any service take no longer than this. Routes on which a model answers are left out: they take as long as the answer is',
  unit: 's',
  noData: NO_SPANS,
  queries: [{ expr: latencyQuantile(0.95, { ...ALL, matchers: notAnswer('http_route') }), legend: '95th percentile' }],
});

export const targetsDown = (): Values => ({
  kind: 'stat',
  title: 'Targets down',
  description:
    'Targets that Prometheus finds and cannot scrape. One that has vanished is an alert, and is not counted here',
  unit: 'short',
  noData: NOT_SCRAPED,
  limits: { warning: 1, critical: 1 },
  queries: [{ expr: 'count(up) - sum(up)', legend: 'down' }],
  links: [{ title: 'Targets', dashboard: DASHBOARD_UIDS.prometheus }],
});

export const firingNow = (): Values => ({
  kind: 'stat',
  title: 'Firing alerts',
  description: 'Alerts of severity critical or warning that fire now. No data: no rule is evaluated',
  unit: 'short',
  noData: 'No rules: does Prometheus evaluate any? See Rules on its dashboard',
  limits: { warning: 1, critical: 1 },
  queries: [
    {
      expr: 'count(ALERTS{alertstate="firing",severity=~"critical|warning"}) or 0 * sum(prometheus_rule_group_rules)',
      legend: 'firing',
    },
  ],
  links: [{ title: 'Which they are', dashboard: DASHBOARD_UIDS.alerting }],
});

export const budgetLowest = (): Values => ({
  kind: 'stat',
  title: 'Lowest error budget',
  description:
    'What is left of the error budget of the objective that is worst off. Below zero the objective is missed',
  unit: 'percentunit',
  noData: NOT_RECORDED,
  limits: { warning: 0.25, critical: 0 },
  min: -1,
  queries: [{ expr: 'min(slo:period_error_budget_remaining:ratio)', legend: 'left' }],
  links: [{ title: 'Objectives', dashboard: DASHBOARD_UIDS.slo }],
});

export const budgetLeft = (): Values => ({
  kind: 'bars',
  title: 'Error budget left',
  description:
    'What is left of the error budget of each objective, over its window. Below zero the objective is missed',
  unit: 'percentunit',
  noData: NOT_RECORDED,
  limits: { warning: 0.25, critical: 0 },
  queries: [{ expr: 'min by (service, slo) (slo:period_error_budget_remaining:ratio)', legend: '{{service}} {{slo}}' }],
  links: [{ title: 'Objectives', dashboard: DASHBOARD_UIDS.slo }],
});
