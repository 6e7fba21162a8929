/** Row of LLM serving: why calls to models fail. */
import { FAILED_CALL, OPERATION_DURATION } from '../../../metrics/gen-ai';
import { selector, sumBy } from '../../../metrics/spans';
import { FAILED_SPANS, toService, toTraces } from '../parts/links';
import { RATE } from '../parts/range';
import type { Lines, Row } from '../spec';
import { UNITS } from '../units';
import { CHOSEN } from './llm-calls';
import { fallbackReasons, fallbackShare, fallbacksByRoute } from './llm-fallbacks';

const failuresByType = (): Lines => ({
  kind: 'lines',
  title: 'Failed calls by error',
  description:
    'Failed calls a second: an HTTP status of the provider, or _OTHER. A stream of llm-api that breaks off has no status',
  unit: UNITS.callsPerSecond,
  noData: 'No call has failed at a provider. Calls that their user has stopped are left out',
  stacked: true,
  queries: [
    {
      expr: sumBy(
        ['service_name', 'gen_ai_provider_name', 'error_type'],
        `rate(${selector(`${OPERATION_DURATION}_count`, CHOSEN.matchers, FAILED_CALL)}[${RATE}])`,
      ),
      legend: '{{service_name}} {{gen_ai_provider_name}} {{error_type}}',
    },
  ],
  links: [toTraces(undefined, FAILED_SPANS), toService()],
});

const finishReasons = (): Lines => ({
  kind: 'lines',
  title: 'Answers by finish reason',
  description:
    'stop: the model was done; length: the limit of tokens was reached; tool_calls: a tool was asked for. llm-api reports stop for every stream, whatever ended it',
  unit: UNITS.callsPerSecond,
  noData: 'No call has reported why its answer ended',
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

/** Why calls fail. @param hasFallbacks whether a service of the environment gives fallback answers, as llm-api does */
export const failuresRow = (hasFallbacks: boolean): Row => ({
  title: 'Why do calls fail?',
  closed: true,
  panels: [
    failuresByType(),
    finishReasons(),
    ...(hasFallbacks ? [fallbackShare(), fallbackReasons(), fallbacksByRoute()] : []),
  ],
});
