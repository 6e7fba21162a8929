/**
 * PromQL on the LLM metrics that the Collector makes from spans, in the names of OpenTelemetry's conventions for generative AI
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/), for alerts, SLOs and panels alike.
 */
import { quantileOf, ratio, type SpanQuery, selector, sumBy } from './spans';

/** Histogram of the duration of calls to a model, in seconds; failed ones have a label `error_type`. */
export const OPERATION_DURATION = 'gen_ai_client_operation_duration_seconds';
/** Its upper bounds, in seconds: those of the conventions. */
export const OPERATION_BUCKETS: readonly number[] = Array.from({ length: 14 }, (_, index) => 2 ** index / 100);
/** Histogram of the time until the first chunk of a streamed answer, in seconds. */
export const FIRST_CHUNK = 'gen_ai_client_operation_time_to_first_chunk_seconds';
/** Histogram of tokens per call, by `gen_ai_token_type`. */
export const TOKEN_USAGE = 'gen_ai_client_token_usage';

/** Labels that LLM metrics are grouped by: the provider and the model. */
export const BY_MODEL: readonly string[] = ['gen_ai_provider_name', 'gen_ai_request_model'];

/** The error type of a call that the user cancelled: it is not a failure. */
export const CANCELED = 'canceled';
/** Matchers of calls that failed. */
export const FAILED_CALL = `error_type!="",error_type!="${CANCELED}"`;
/** A matcher of calls with a complete answer. */
const ANSWERED = 'error_type=""';

const operations = ({ matchers, range }: SpanQuery, ...more: readonly string[]) =>
  `rate(${selector(`${OPERATION_DURATION}_count`, matchers, ...more)}[${range}])`;

/** Calls to models per second, including failed ones. */
export const operationRate = (query: SpanQuery): string => sumBy(query.by ?? BY_MODEL, operations(query));

/** Failed calls to models per second. No data if none has ever failed. */
export const operationErrorRate = (query: SpanQuery): string =>
  sumBy(query.by ?? BY_MODEL, operations(query, FAILED_CALL));

/** Share of calls to models that failed, 0 to 1, of those that the user did not cancel. */
export const operationErrorRatio = (query: SpanQuery): string =>
  ratio(operationErrorRate(query), sumBy(query.by ?? BY_MODEL, operations(query, `error_type!="${CANCELED}"`)));

/** A quantile of the duration of calls to models, in seconds. */
export const operationQuantile = (quantile: number, query: SpanQuery): string =>
  quantileOf(quantile, `${OPERATION_DURATION}_bucket`, { by: BY_MODEL, ...query });

/** Calls that generate text, the only ones with output tokens. */
const WRITES = 'gen_ai_operation_name=~"chat|text_completion|generate_content"';

/**
 * Seconds per output token of a model, including the wait for the first token. It is the sum of the durations divided by the sum of the
 * tokens, so that a long answer weighs more than a short one. Failed and canceled calls are left out: they report no tokens.
 */
export function secondsPerToken(query: SpanQuery): string {
  const durations = selector(`${OPERATION_DURATION}_sum`, query.matchers, WRITES, ANSWERED);
  return `${sumBy(query.by ?? BY_MODEL, `rate(${durations}[${query.range}])`)} / (${written('sum', query)} > 0)`;
}

/** Mean number of output tokens of a model. */
export const tokensPerAnswer = (query: SpanQuery): string =>
  `${written('sum', query)} / (${written('count', query)} > 0)`;

const written = (part: 'sum' | 'count', { matchers, range, by = BY_MODEL }: SpanQuery) =>
  sumBy(by, `rate(${selector(`${TOKEN_USAGE}_${part}`, matchers, WRITES, 'gen_ai_token_type="output"')}[${range}])`);

/**
 * Tokens per second.
 * @param type of tokens. @default - both, added up
 */
export const tokenRate = (query: SpanQuery, type?: 'input' | 'output'): string => {
  const ofType = type === undefined ? undefined : `gen_ai_token_type="${type}"`;
  return sumBy(query.by ?? BY_MODEL, `rate(${selector(`${TOKEN_USAGE}_sum`, query.matchers, ofType)}[${query.range}])`);
};
