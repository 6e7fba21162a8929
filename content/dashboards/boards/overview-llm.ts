/** Panels of the overview: calls to models. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { operationErrorRatio, tokenRate } from '../../../metrics/gen-ai';
import { FALLBACKS, sumBy } from '../../../metrics/spans';
import { toTraces } from '../parts/links';
import { NO_LLM_SPANS, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

const TO_LLM = { title: 'LLM serving', dashboard: DASHBOARD_UIDS.llm };

export const tokensNow = (): Values => ({
  kind: 'stat',
  title: 'Tokens',
  description: 'Tokens of prompts and completions of all models, as the providers count them',
  unit: 'short',
  noData: NO_LLM_SPANS,
  queries: [{ expr: tokenRate({ range: RATE, by: [] }), legend: 'tokens' }],
  links: [TO_LLM],
});

export const failedCalls = (): Lines => ({
  kind: 'lines',
  title: 'Failing model calls',
  description:
    'Share of calls to each model that failed, whether or not the user saw it. Calls that their user has stopped are left out',
  unit: 'percentunit',
  noData: NO_LLM_SPANS,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [
    { expr: operationErrorRatio({ range: RATE }), legend: '{{gen_ai_provider_name}} {{gen_ai_request_model}}' },
  ],
  links: [TO_LLM],
});

export const fallbacks = (): Lines => ({
  kind: 'lines',
  title: 'Fallback answers',
  description:
    'Completions a second that Jan Server answered with a text of its own and HTTP 200, because the provider had failed',
  unit: 'reqps',
  noData: NONE_YET,
  queries: [
    {
      expr: sumBy(['service_name', 'gen_ai_provider_name', 'gen_ai_request_model'], `rate(${FALLBACKS}[${RATE}])`),
      legend: '{{gen_ai_provider_name}} {{gen_ai_request_model}}',
    },
  ],
  links: [TO_LLM, toTraces(undefined, 'error=true')],
});
