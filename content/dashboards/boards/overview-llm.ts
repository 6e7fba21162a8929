/** Panels of Jan Server's overview: calls to models that fail. */
import { operationErrorRatio } from '../../../metrics/gen-ai';
import { FALLBACKS, selector, sumBy } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { FAILED_SPANS, toTraces } from '../parts/links';
import { NO_LLM_SPANS, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import { OF_SERVICES } from '../parts/variables';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { PROVIDER_AND_MODEL, toModel } from './llm-calls';

/** Calls of the chosen services, by provider and model. */
const CHOSEN = { range: RATE, matchers: OF_SERVICES } as const;

export const failingCalls = (): Lines => ({
  kind: 'lines',
  title: 'Failing model calls',
  description:
    'Share of calls to each model that failed, whether or not the user saw it. Calls that their user has stopped are left out',
  unit: UNITS.share,
  noData: NO_LLM_SPANS,
  limits: FAILING,
  queries: [{ expr: operationErrorRatio(CHOSEN), legend: PROVIDER_AND_MODEL }],
  links: [toModel],
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
  links: [toModel, toTraces(undefined, FAILED_SPANS)],
});
