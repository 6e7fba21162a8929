/** Panels of the overview: each service over time. */
import { llmApiRequests } from '../../../metrics/jan-server';
import { notAnswer } from '../../../metrics/routes';
import { badRatio, errorRate, latencyQuantile, requestRate, sumBy } from '../../../metrics/spans';
import { clicked, toService, toTraces } from '../parts/links';
import { JAN_NOT_SCRAPED, NO_SPANS, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';

const BY_SERVICE = { range: RATE };
const LINKS = [toService(), toTraces()];

export const requests = (): Lines => ({
  kind: 'lines',
  title: 'Request rate by service',
  description:
    'Server spans a second without probes and /metrics, counted before any sampling. response-api, media-api and mcp-tools of Jan Server up to 2026-01 send no spans, and have no line. Dots lead to traces',
  unit: 'reqps',
  noData: NO_SPANS,
  exemplars: true,
  queries: [{ expr: requestRate(BY_SERVICE), legend: '{{service_name}}' }],
  links: LINKS,
});

export const badShare = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests by service',
  description:
    'Share of requests that failed at the server (4xx are not counted), fallback answers included. A service without requests has no line',
  unit: 'percentunit',
  noData: NO_SPANS,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: badRatio(BY_SERVICE), legend: '{{service_name}}' }],
  links: [toService(), toTraces(undefined, 'error=true')],
});

export const failedByStatus = (): Lines => ({
  kind: 'lines',
  title: 'Failed requests by service and status',
  description: 'Requests a second that failed at the server. Without an HTTP status the status of the span decides',
  unit: 'reqps',
  noData: NONE_YET,
  exemplars: true,
  queries: [
    {
      expr: errorRate({ range: RATE, by: ['service_name', 'http_response_status_code'] }),
      legend: '{{service_name}} {{http_response_status_code}}',
    },
  ],
  links: [toService(), toTraces(undefined, `http.response.status_code=${clicked('http_response_status_code')}`)],
});

export const p95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile by service',
  description:
    'Nineteen of twenty requests took no longer. Routes on which a model answers are left out: they take as long as the answer is. Dots lead to traces',
  unit: 's',
  noData: NO_SPANS,
  exemplars: true,
  queries: [
    { expr: latencyQuantile(0.95, { ...BY_SERVICE, matchers: notAnswer('http_route') }), legend: '{{service_name}}' },
  ],
  links: LINKS,
});

export const requestsToLlmApi = (): Lines => ({
  kind: 'lines',
  title: 'Requests to llm-api by status',
  description:
    "HTTP answers a second, from llm-api's own counter: it is there without spans too. Probes and /metrics are left out, and 404 but for an unknown model",
  unit: 'reqps',
  noData: JAN_NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: sumBy(['status'], `rate(${llmApiRequests()}[${RATE}])`), legend: '{{status}}' }],
  links: [toService('llm-api')],
});
