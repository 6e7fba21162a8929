/** Panels of RED: rate, errors and duration of each route. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { badRatio, latencyQuantile, requestRate } from '../../../metrics/spans';
import { cell } from '../parts/cells';
import { FAILING } from '../parts/limits';
import { clicked, toTraces } from '../parts/links';
import { NO_SPANS } from '../parts/no-data';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';
import { BY_ROUTE, FAILED_TRACES } from './red-chosen';

/** Series without a route, as those of gRPC, get a name: a legend without a text would be called "Value". */
const named = (expr: string) => `label_replace(${expr}, "without", "no route", "http_route", "")`;
const LEGEND = '{{http_route}}{{without}}';

/** The target of a click: this dashboard with one route. */
const onlyRoute = (route: string) => ({
  title: 'Only this route',
  dashboard: DASHBOARD_UIDS.red,
  variables: { service: '${service}', route },
});
const LINKS = [onlyRoute(clicked('http_route')), toTraces('${service}', `http.route=${clicked('http_route')}`)];

export const rateByRoute = (): Lines => ({
  kind: 'lines',
  title: 'Request rate by route',
  description: 'Requests a second. Requests without a route, as gRPC has, are one line',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  width: 8,
  queries: [{ expr: named(requestRate(BY_ROUTE)), legend: LEGEND }],
  links: LINKS,
});

export const badByRoute = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests by route',
  description:
    'Share of requests that failed at the server (5xx, or a failed span without HTTP status), or were answered 200 with a fallback text. 4xx are left out. Fallbacks have the route /v1/chat/completions, also where the gateway does not cut /llm',
  unit: UNITS.share,
  noData: NO_SPANS,
  width: 8,
  limits: FAILING,
  queries: [{ expr: named(badRatio(BY_ROUTE)), legend: LEGEND }],
  links: [onlyRoute(clicked('http_route')), ...FAILED_TRACES],
});

export const p95ByRoute = (): Lines => ({
  kind: 'lines',
  title: '95th percentile by route',
  description:
    'Nineteen of twenty requests to the route took no longer. Where a model answers that is the length of its answers. Dots lead to traces',
  unit: UNITS.seconds,
  noData: NO_SPANS,
  width: 8,
  exemplars: true,
  queries: [{ expr: named(latencyQuantile(0.95, BY_ROUTE)), legend: LEGEND }],
  links: LINKS,
});

export const routes = (): Table => ({
  kind: 'table',
  title: 'Routes',
  description:
    'Share of failing requests, 95th percentile and rate of each chosen route now. Where a model answers, the 95th percentile is the length of its answers',
  unit: UNITS.share,
  noData: NO_SPANS,
  width: 14,
  columns: { http_route: 'Route' },
  queries: [
    { expr: badRatio(BY_ROUTE), legend: 'Failing' },
    { expr: latencyQuantile(0.95, BY_ROUTE), legend: '95 % within' },
    { expr: requestRate(BY_ROUTE), legend: 'Requests' },
  ],
  cells: {
    Route: { empty: 'no route' },
    Failing: { show: 'colour', limits: FAILING },
    '95 % within': { unit: UNITS.seconds },
    Requests: { unit: UNITS.requestsPerSecond, show: 'bar', width: 180 },
  },
  sortBy: 'Failing',
  links: [onlyRoute(cell('Route'))],
});
