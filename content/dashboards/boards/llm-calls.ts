/** Panels of LLM serving: calls to models, from spans. */
import { FAILED_CALL, OPERATION_DURATION, operationErrorRatio, operationRate } from '../../../metrics/gen-ai';
import { selector, sumBy } from '../../../metrics/spans';
import { toTraces } from '../parts/links';
import { NO_LLM_SPANS, NONE_YET } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

/** Calls to the chosen models. */
export const CHOSEN = { range: RATE, matchers: 'gen_ai_request_model=~"$model"' } as const;
/** Legend of series by provider and model. */
export const PROVIDER_AND_MODEL = '{{gen_ai_provider_name}} {{gen_ai_request_model}}';
const LINKS = [toTraces()];

export const callsNow = (): Values => ({
  kind: 'stat',
  title: 'Calls',
  description: 'Calls to the chosen models a second, failed ones included',
  unit: 'reqps',
  noData: NO_LLM_SPANS,
  queries: [{ expr: operationRate({ ...CHOSEN, by: [] }), legend: 'calls' }],
});

export const failingNow = (): Values => ({
  kind: 'stat',
  title: 'Failing calls',
  description:
    'Share of calls to the chosen models that failed at the provider. Calls that their user has stopped are left out',
  unit: 'percentunit',
  noData: NO_LLM_SPANS,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: operationErrorRatio({ ...CHOSEN, by: [] }), legend: 'failing' }],
});

export const calls = (): Lines => ({
  kind: 'lines',
  title: 'Calls by provider and model',
  description: 'Calls a second that services make to each model, counted from their client spans',
  unit: 'reqps',
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [{ expr: operationRate(CHOSEN), legend: PROVIDER_AND_MODEL }],
});

export const failureShare = (): Lines => ({
  kind: 'lines',
  title: 'Failing calls by provider and model',
  description:
    'Share of calls to each model that failed at the provider. Calls that their user has stopped are left out. A model without calls has no line',
  unit: 'percentunit',
  noData: NO_LLM_SPANS,
  limits: { warning: 0.01, critical: 0.05 },
  queries: [{ expr: operationErrorRatio(CHOSEN), legend: PROVIDER_AND_MODEL }],
});

export const failuresByType = (): Lines => ({
  kind: 'lines',
  title: 'Failed calls by type of error',
  description:
    'Failed calls a second: an HTTP status of the provider, or _OTHER. A stream of llm-api that breaks off has no status',
  unit: 'reqps',
  noData: NONE_YET,
  stacked: true,
  queries: [
    {
      expr: sumBy(
        ['service_name', 'error_type'],
        `rate(${selector(`${OPERATION_DURATION}_count`, CHOSEN.matchers, FAILED_CALL)}[${RATE}])`,
      ),
      legend: '{{service_name}} {{error_type}}',
    },
  ],
  links: [toTraces(undefined, 'error=true')],
});

export const finishReasons = (): Lines => ({
  kind: 'lines',
  title: 'Answers by finish reason',
  description:
    'stop: the model was done; length: the limit of tokens was reached; tool_calls: a tool was asked for. llm-api says stop of every stream, whatever ended it',
  unit: 'reqps',
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [
    {
      expr: sumBy(
        ['gen_ai_response_finish_reason'],
        `rate(${selector('gen_ai_client_finish_reasons_total', CHOSEN.matchers)}[${RATE}])`,
      ),
      legend: '{{gen_ai_response_finish_reason}}',
    },
  ],
});

export const callsByOperation = (): Lines => ({
  kind: 'lines',
  title: 'Calls by service and operation',
  description: 'Who calls models, and what for: chat, embeddings, pictures',
  unit: 'reqps',
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [
    {
      expr: operationRate({ ...CHOSEN, by: ['service_name', 'gen_ai_operation_name'] }),
      legend: '{{service_name}} {{gen_ai_operation_name}}',
    },
  ],
  links: LINKS,
});
