/** Panels of the overviews: each service, over time and now. */
import { llmApiRequests } from '../../../metrics/jan-server';
import { notAnswer } from '../../../metrics/routes';
import { badRatio, callErrorRatio, errorRate, latencyQuantile, requestRate, sumBy } from '../../../metrics/spans';
import { cell } from '../parts/cells';
import { FAILING } from '../parts/limits';
import { clicked, FAILED_SPANS, toService, toTraces } from '../parts/links';
import { JAN_NOT_SCRAPED, NO_SPANS, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import { OF_SERVICES } from '../parts/variables';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';

/** Requests to each of the chosen services. */
const CHOSEN = { range: RATE, matchers: OF_SERVICES } as const;
/** Those that no model answers. */
const PLAIN = { ...CHOSEN, matchers: `${OF_SERVICES},${notAnswer('http_route')}` } as const;
const LINKS = [toService(), toTraces()];

/** @param silent a sentence about services that send no spans */
export const requests = (silent: string): Lines => ({
  kind: 'lines',
  title: 'Request rate by service',
  description: `Requests a second: server spans without probes and /metrics, counted before any sampling. ${silent}`,
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  queries: [{ expr: requestRate(CHOSEN), legend: '{{service_name}}' }],
  links: LINKS,
});

export const badShare = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests by service',
  description:
    'Share of requests that failed at the server (4xx are not counted), fallback answers included. A service without requests has no line',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: badRatio(CHOSEN), legend: '{{service_name}}' }],
  links: [toService(), toTraces(undefined, FAILED_SPANS)],
});

export const p95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile by service',
  description:
    'Nineteen of twenty requests took no longer. Routes on which a model answers are left out: they take as long as the answer is. Dots lead to traces',
  unit: UNITS.seconds,
  noData: NO_SPANS,
  exemplars: true,
  queries: [{ expr: latencyQuantile(0.95, PLAIN), legend: '{{service_name}}' }],
  links: LINKS,
});

export const servicesTable = (): Table => ({
  kind: 'table',
  title: 'Services',
  description:
    'Requests to each service now, and the share of its own calls to providers, databases and other services that failed. 95 % within: the 95th percentile of requests that no model answers',
  unit: UNITS.share,
  noData: NO_SPANS,
  width: 14,
  columns: { service_name: 'Service' },
  queries: [
    { expr: badRatio(CHOSEN), legend: 'Failing' },
    { expr: latencyQuantile(0.95, PLAIN), legend: '95 % within' },
    { expr: requestRate(CHOSEN), legend: 'Requests' },
    { expr: callErrorRatio(CHOSEN), legend: 'Failing calls' },
  ],
  cells: {
    Failing: { show: 'colour', limits: FAILING },
    '95 % within': { unit: UNITS.seconds },
    Requests: { unit: UNITS.requestsPerSecond, show: 'bar', width: 180 },
    'Failing calls': { show: 'colour', limits: FAILING, empty: 'no calls' },
  },
  sortBy: 'Failing',
  links: [toService(cell('Service'))],
});

export const failedByStatus = (): Lines => ({
  kind: 'lines',
  title: 'Failed requests by service and status',
  description: 'Requests a second that failed at the server. Without an HTTP status the status of the span decides',
  unit: UNITS.requestsPerSecond,
  noData: NONE_YET,
  queries: [
    {
      expr: errorRate({ ...CHOSEN, by: ['service_name', 'http_response_status_code'] }),
      legend: '{{service_name}} {{http_response_status_code}}',
    },
  ],
  links: [toService(), toTraces(undefined, `http.response.status_code=${clicked('http_response_status_code')}`)],
});

export const requestsToLlmApi = (): Lines => ({
  kind: 'lines',
  title: 'Requests to llm-api by status',
  description:
    "HTTP answers a second, from llm-api's own counter: it is there without spans too. Probes and /metrics are left out, and 404 but for an unknown model",
  unit: UNITS.requestsPerSecond,
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: sumBy(['status'], `rate(${llmApiRequests()}[${RATE}])`), legend: '{{status}}' }],
  links: [toService('llm-api')],
});
