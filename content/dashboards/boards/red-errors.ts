/** Panels of RED: failed requests. */
import { badRatio, errorRate, FALLBACKS, selector, sumBy } from '../../../metrics/spans';
import { clicked, toTraces } from '../parts/links';
import { NO_SPANS, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';
import { CHOSEN } from './red-rate';

const FAILED_TRACES = [toTraces('${service}', 'error=true')];
const LIMITS = { warning: 0.01, critical: 0.05 };

export const badNow = (): Values => ({
  kind: 'stat',
  title: 'Failing requests',
  description:
    'Share of requests to the chosen routes that failed at the server or got a fallback answer. 4xx are left out. llm-api answers a body that is no JSON with 500',
  unit: 'percentunit',
  noData: NO_SPANS,
  limits: LIMITS,
  queries: [{ expr: badRatio({ ...CHOSEN, by: [] }), legend: 'failing' }],
});

export const badByRoute = (): Lines => ({
  kind: 'lines',
  title: 'Failing requests by route',
  description:
    'Share of requests that failed at the server (5xx, or a failed span without HTTP status), or were answered 200 with a fallback text. 4xx are left out. Fallbacks have the route /v1/chat/completions, also where the gateway does not cut /llm',
  unit: 'percentunit',
  noData: NO_SPANS,
  limits: LIMITS,
  queries: [{ expr: badRatio({ ...CHOSEN, by: ['http_route'] }), legend: '{{http_route}}' }],
  links: FAILED_TRACES,
});

export const failedByStatus = (): Lines => ({
  kind: 'lines',
  title: 'Failed requests by status',
  description: 'Requests a second that failed at the server, by the status of the answer. Dots lead to traces',
  unit: 'reqps',
  noData: NONE_YET,
  stacked: true,
  exemplars: true,
  queries: [
    { expr: errorRate({ ...CHOSEN, by: ['http_response_status_code'] }), legend: '{{http_response_status_code}}' },
  ],
  links: [toTraces('${service}', `http.response.status_code=${clicked('http_response_status_code')}`)],
});

export const fallbacksByRoute = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers by route and provider',
  description:
    'Completions a second that were answered with HTTP 200 and a text of their own, because the provider had failed',
  unit: 'reqps',
  noData: NONE_YET,
  stacked: true,
  queries: [
    {
      expr: sumBy(['http_route', 'gen_ai_provider_name'], `rate(${selector(FALLBACKS, CHOSEN.matchers)}[${RATE}])`),
      legend: '{{http_route}} {{gen_ai_provider_name}}',
    },
  ],
  links: FAILED_TRACES,
});
