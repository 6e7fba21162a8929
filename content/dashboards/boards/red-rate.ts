/** Panels of RED: the request rate of a service. */
import { badRatio, latencyQuantile, requestRate } from '../../../metrics/spans';
import { toTraces } from '../parts/links';
import { NO_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Table, Values } from '../spec';

/** Requests to the chosen routes of the chosen service. */
export const CHOSEN = { range: RATE, matchers: 'service_name="$service",http_route=~"$route"' } as const;
/** Traces of the chosen service. */
export const TRACES = [toTraces('${service}')];

/** A service chooses the names of its spans freely, so only the twenty highest are shown. */
export const twenty = (expr: string): string => `topk(20, ${expr}) # allow open-label`;

export const rateNow = (): Values => ({
  kind: 'stat',
  title: 'Requests',
  description:
    'Requests to the chosen routes a second, counted from server spans before any sampling. Probes and /metrics are left out',
  unit: 'reqps',
  noData: NO_SPANS,
  queries: [{ expr: requestRate({ ...CHOSEN, by: [] }), legend: 'requests' }],
});

export const byRoute = (): Lines => ({
  kind: 'lines',
  title: 'Request rate by route',
  description: 'Requests a second. Requests without a route, as gRPC has, are one line. Dots lead to traces',
  unit: 'reqps',
  noData: NO_SPANS,
  exemplars: true,
  queries: [{ expr: requestRate({ ...CHOSEN, by: ['http_route'] }), legend: '{{http_route}}' }],
  links: TRACES,
});

export const byStatus = (): Lines => ({
  kind: 'lines',
  title: 'Request rate by status',
  description: 'Requests a second by the status of the answer',
  unit: 'reqps',
  noData: NO_SPANS,
  stacked: true,
  queries: [
    { expr: requestRate({ ...CHOSEN, by: ['http_response_status_code'] }), legend: '{{http_response_status_code}}' },
  ],
  links: TRACES,
});

export const byOperation = (): Lines => ({
  kind: 'lines',
  title: 'Request rate of $service by operation',
  description:
    'Requests a second by the name of the span: method and route for HTTP, service and method for gRPC. The twenty busiest',
  unit: 'reqps',
  noData: NO_SPANS,
  queries: [{ expr: twenty(requestRate({ ...CHOSEN, by: ['span_name'] })), legend: '{{span_name}}' }],
  links: TRACES,
});

export const routes = (): Table => ({
  kind: 'table',
  title: 'Routes',
  description: 'Rate, share of failing requests and 95th percentile of each chosen route now, the busiest first',
  unit: 'reqps',
  noData: NO_SPANS,
  columns: { http_route: 'Route' },
  queries: [
    { expr: requestRate({ ...CHOSEN, by: ['http_route'] }), legend: 'Rate' },
    { expr: badRatio({ ...CHOSEN, by: ['http_route'] }), legend: 'Failing' },
    { expr: latencyQuantile(0.95, { ...CHOSEN, by: ['http_route'] }), legend: '95th percentile' },
  ],
  units: { Failing: 'percentunit', '95th percentile': 's' },
  sortBy: 'Rate',
});
