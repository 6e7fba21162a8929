/** Panels of Jan Server's overview: models, over time, and what they spend. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { operationErrorRatio, operationQuantile, tokenRate } from '../../../metrics/gen-ai';
import { FALLBACKS, selector, sumBy } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { clicked, toTraces } from '../parts/links';
import { NO_LLM_SPANS, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import { OF_SERVICES } from '../parts/variables';
import type { Lines } from '../spec';
import { UNITS } from '../units';

/** Calls of the chosen services, by provider and model. */
const CHOSEN = { range: RATE, matchers: OF_SERVICES } as const;
const PROVIDER_AND_MODEL = '{{gen_ai_provider_name}} {{gen_ai_request_model}}';
const TO_MODEL = {
  title: 'Calls to this model',
  dashboard: DASHBOARD_UIDS.llm,
  variables: { model: clicked('gen_ai_request_model') },
};

export const failingCalls = (): Lines => ({
  kind: 'lines',
  title: 'Failing model calls',
  description:
    'Share of calls to each model that failed, whether or not the user saw it. Calls that their user has stopped are left out',
  unit: UNITS.share,
  noData: NO_LLM_SPANS,
  limits: FAILING,
  queries: [{ expr: operationErrorRatio(CHOSEN), legend: PROVIDER_AND_MODEL }],
  links: [TO_MODEL],
});

export const fallbacks = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers',
  description:
    'Completions a second that Jan Server answered with a text of its own and HTTP 200, because the provider had failed',
  unit: UNITS.requestsPerSecond,
  noData: NONE_YET,
  queries: [
    {
      expr: sumBy(
        ['service_name', 'gen_ai_provider_name', 'gen_ai_request_model'],
        `rate(${selector(FALLBACKS, OF_SERVICES)}[${RATE}])`,
      ),
      legend: PROVIDER_AND_MODEL,
    },
  ],
  links: [TO_MODEL, toTraces(undefined, 'error=true')],
});

export const modelP95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of model calls',
  description: 'Nineteen of twenty calls to the model took no longer, to the last token: a long answer takes long',
  unit: UNITS.seconds,
  noData: NO_LLM_SPANS,
  queries: [{ expr: operationQuantile(0.95, CHOSEN), legend: PROVIDER_AND_MODEL }],
  links: [TO_MODEL],
});

export const tokensByType = (): Lines => ({
  kind: 'lines',
  title: 'Tokens a second',
  description: 'Tokens of prompts above the axis and of completions below, of all models, as the providers count them',
  unit: UNITS.tokensPerSecond,
  noData: NO_LLM_SPANS,
  queries: [
    { expr: tokenRate({ ...CHOSEN, by: [] }, 'input'), legend: 'prompt' },
    { expr: tokenRate({ ...CHOSEN, by: [] }, 'output'), legend: 'completion', below: true },
  ],
  links: [{ title: 'LLM serving', dashboard: DASHBOARD_UIDS.llm }],
});

export const tokensByModel = (): Lines => ({
  kind: 'lines',
  title: 'Completion tokens a second by model',
  description: 'Tokens that each model has written',
  unit: UNITS.tokensPerSecond,
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [{ expr: tokenRate(CHOSEN, 'output'), legend: PROVIDER_AND_MODEL }],
  links: [TO_MODEL],
});
