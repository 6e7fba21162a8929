/** Panels of LLM serving: fallback answers of Jan Server after a provider failed. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { isCompletion } from '../../../metrics/routes';
import { FALLBACKS, NOT_REFUSED, requestRate, selector, sumBy } from '../../../metrics/spans';
import { clicked, toTraces } from '../parts/links';
import { NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { CHOSEN, PROVIDER_AND_MODEL } from './llm-calls';

const BY_ROUTE = ['service_name', 'http_route'];
const fallbackRate = (by: readonly string[], matchers?: string) =>
  sumBy(by, `rate(${selector(FALLBACKS, matchers)}[${RATE}])`);
const LINKS = [toTraces(undefined, 'error=true')];

export const fallbackShare = (): Lines => ({
  kind: 'lines',
  title: 'Share of fallback answers',
  description:
    'Chat completions that were answered with a fallback text, of all that were not refused with 4xx. Their HTTP status is 200',
  unit: 'percentunit',
  noData: NONE_YET,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [
    {
      expr: `${fallbackRate(['service_name'])} / (${requestRate({ range: RATE, matchers: `${isCompletion('http_route')},${NOT_REFUSED}` })} > 0)`,
      legend: '{{service_name}}',
    },
  ],
  links: LINKS,
});

export const fallbackReasons = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers by provider and model',
  description: 'Answers a second that were given for want of this model',
  unit: 'reqps',
  noData: NONE_YET,
  stacked: true,
  queries: [
    {
      expr: fallbackRate(['service_name', 'gen_ai_provider_name', 'gen_ai_request_model'], CHOSEN.matchers),
      legend: PROVIDER_AND_MODEL,
    },
  ],
  links: LINKS,
});

export const fallbacksByRoute = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers by route',
  description:
    'Answers a second by route. It is /v1/chat/completions also where the gateway does not cut /llm, and the requests have /llm/v1/chat/completions',
  unit: 'reqps',
  noData: NONE_YET,
  stacked: true,
  queries: [{ expr: fallbackRate(BY_ROUTE, CHOSEN.matchers), legend: '{{service_name}} {{http_route}}' }],
  links: [
    {
      title: 'Requests of this route',
      dashboard: DASHBOARD_UIDS.red,
      variables: { service: clicked('service_name'), route: clicked('http_route') },
    },
    ...LINKS,
  ],
});
