/** Panels of LLM serving: fallback answers of Jan Server after a provider failed. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { isCompletion } from '../../../metrics/routes';
import { FALLBACKS, NOT_REFUSED, ratio, requestRate, selector, sumBy } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { clicked, FAILED_SPANS, toTraces } from '../parts/links';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';
import { UNITS } from '../units';
import { CHOSEN, PROVIDER_AND_MODEL, toModel } from './llm-calls';

const BY_ROUTE = ['service_name', 'http_route'];
const NO_FALLBACKS = 'No chat completion has been traced yet: each one adds 0 or 1 to this counter';
/** A fallback before a provider was selected has neither a provider nor a model. */
const WITHOUT_MODEL = 'A fallback before a provider was selected has no model: only All counts it';
const fallbackRate = (by: readonly string[]) => sumBy(by, `rate(${selector(FALLBACKS, CHOSEN.matchers)}[${RATE}])`);
const completionRate = (by: readonly string[]) =>
  requestRate({ range: RATE, by, matchers: `${isCompletion('http_route')},${NOT_REFUSED}` });
const share = (by: readonly string[]) => ratio(fallbackRate(by), completionRate(by));
const LINKS = [toTraces(undefined, FAILED_SPANS)];

export const fallbacksNow = (): Values => ({
  kind: 'stat',
  title: 'Fallbacks',
  description: `Share of all chat completions that were answered with a fallback text and HTTP 200, because a chosen model had failed. ${WITHOUT_MODEL}`,
  unit: UNITS.share,
  noData: NO_FALLBACKS,
  limits: FAILING,
  queries: [{ expr: share([]), legend: 'fallbacks' }],
});

export const fallbackShare = (): Lines => ({
  kind: 'lines',
  title: 'Share of fallback answers',
  description: `Chat completions that were answered with a fallback text because a chosen model had failed, of all that were not refused with 4xx. Their HTTP status is 200. ${WITHOUT_MODEL}`,
  unit: UNITS.share,
  noData: NO_FALLBACKS,
  limits: FAILING,
  queries: [{ expr: share(['service_name']), legend: '{{service_name}}' }],
  links: LINKS,
});

export const fallbackReasons = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers by model',
  description: `Answers a second that were given for want of this model. ${WITHOUT_MODEL}`,
  unit: UNITS.requestsPerSecond,
  noData: NO_FALLBACKS,
  stacked: true,
  queries: [
    {
      expr: fallbackRate(['service_name', 'gen_ai_provider_name', 'gen_ai_request_model']),
      legend: PROVIDER_AND_MODEL,
    },
  ],
  links: [toModel, ...LINKS],
});

export const fallbacksByRoute = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers by route',
  description:
    'Answers a second by route. It is /v1/chat/completions also where the gateway does not cut /llm, and the requests have /llm/v1/chat/completions',
  unit: UNITS.requestsPerSecond,
  noData: NO_FALLBACKS,
  stacked: true,
  queries: [{ expr: fallbackRate(BY_ROUTE), legend: '{{service_name}} {{http_route}}' }],
  links: [
    {
      title: 'Requests of this route',
      dashboard: DASHBOARD_UIDS.red,
      variables: { service: clicked('service_name'), route: clicked('http_route') },
    },
    ...LINKS,
  ],
});
