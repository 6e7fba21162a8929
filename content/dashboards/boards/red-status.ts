/** Panels of RED: how requests end, and what they ask for. */
import { errorRate, requestRate } from '../../../metrics/spans';
import { clicked, toTraces } from '../parts/links';
import { NO_SPANS, NONE_YET } from '../parts/no-data';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { CHOSEN, TRACES, twenty } from './red-chosen';

const BY_STATUS = { ...CHOSEN, by: ['http_response_status_code'] } as const;
/** Requests without an HTTP status, as those of gRPC, get a name. */
const named = (expr: string) => `label_replace(${expr}, "without", "no HTTP status", "http_response_status_code", "")`;
const LEGEND = '{{http_response_status_code}}{{without}}';

export const failedByStatus = (): Lines => ({
  kind: 'lines',
  title: 'Failed requests by status',
  description:
    'Requests a second that failed at the server, by the status of the answer: 502 to 504 come from what it calls, 500 from its own code',
  unit: UNITS.requestsPerSecond,
  noData: NONE_YET,
  width: 10,
  stacked: true,
  queries: [{ expr: named(errorRate(BY_STATUS)), legend: LEGEND }],
  links: [toTraces('${service}', `http.response.status_code=${clicked('http_response_status_code')}`)],
});

export const byStatus = (): Lines => ({
  kind: 'lines',
  title: 'Request rate by status',
  description: 'Requests a second by the status of the answer',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  stacked: true,
  queries: [{ expr: named(requestRate(BY_STATUS)), legend: LEGEND }],
  links: TRACES,
});

export const byOperation = (): Lines => ({
  kind: 'lines',
  title: 'Request rate by operation',
  description:
    'Requests a second by the name of the span: method and route for HTTP, service and method for gRPC. The twenty busiest',
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  queries: [{ expr: twenty(requestRate({ ...CHOSEN, by: ['span_name'] })), legend: '{{span_name}}' }],
  links: TRACES,
});
