/** Panels of the overviews: the present state of requests and models, one number each. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { operationErrorRatio, tokenRate } from '../../../metrics/gen-ai';
import { notAnswer } from '../../../metrics/routes';
import { badRatio, latencyQuantile, requestRate } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { NO_LLM_SPANS, NO_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import { OF_SERVICES } from '../parts/variables';
import type { Values } from '../spec';
import { UNITS } from '../units';

/** All requests to the chosen services together. */
const CHOSEN = { range: RATE, matchers: OF_SERVICES, by: [] } as const;
const TO_LLM = [{ title: 'LLM serving', dashboard: DASHBOARD_UIDS.llm }];

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing',
  description:
    'Share of requests to the chosen services that failed at the server, and completions that were answered with a fallback text because the provider failed. 4xx are left out',
  unit: UNITS.share,
  noData: NO_SPANS,
  limits: FAILING,
  queries: [{ expr: badRatio(CHOSEN), legend: 'failing' }],
});

export const p95Now = (): Values => ({
  kind: 'stat',
  title: '95 % within',
  description:
    '95th percentile: nineteen of twenty requests to the chosen services take no longer than this. Routes on which a model answers are left out: they take as long as the answer is',
  unit: UNITS.seconds,
  noData: NO_SPANS,
  limits: null,
  queries: [{ expr: latencyQuantile(0.95, { ...CHOSEN, matchers: plain() }), legend: '95 %' }],
});

/** Requests that no model answers. */
const plain = () => [OF_SERVICES, notAnswer('http_route')].join(',');

/** @param silent a sentence about services that send no spans */
export const requestsNow = (silent: string): Values => ({
  kind: 'stat',
  title: 'Requests',
  description: `Requests a second to the chosen services, counted from server spans before any sampling. Probes and /metrics are left out. ${silent}`,
  unit: UNITS.requestsPerSecond,
  noData: NO_SPANS,
  limits: null,
  queries: [{ expr: requestRate(CHOSEN), legend: 'requests' }],
});

export const modelErrorsNow = (): Values => ({
  kind: 'stat',
  title: 'Model errors',
  description:
    'Share of calls to models that failed at the provider, whether or not the user saw it. Calls that their user has stopped are left out',
  unit: UNITS.share,
  noData: NO_LLM_SPANS,
  limits: FAILING,
  queries: [{ expr: operationErrorRatio(CHOSEN), legend: 'failing' }],
  links: TO_LLM,
});

export const tokensNow = (): Values => ({
  kind: 'stat',
  title: 'Tokens',
  description: 'Tokens a second of prompts and completions of all models, as the providers count them',
  unit: UNITS.tokensPerSecond,
  noData: NO_LLM_SPANS,
  limits: null,
  queries: [{ expr: tokenRate(CHOSEN), legend: 'tokens' }],
  links: TO_LLM,
});
