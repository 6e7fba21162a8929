/**
 * PromQL on the LLM metrics that the Collector makes from spans, in the names of OpenTelemetry's conventions for generative AI
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/), for alerts, SLOs and panels alike.
 */
import { quantileOf, ratio, type SpanQuery, selector, sumBy } from './spans';

/** Histogram of the duration of calls to a model, in seconds; failed ones have a label `error_type`. */
export const OPERATION_DURATION = 'gen_ai_client_operation_duration_seconds';
/** Its upper bounds, in seconds: those of the conventions. */
export const OPERATION_BUCKETS: readonly number[] = Array.from({ length: 14 }, (_, index) => 2 ** index / 100);
/** Histogram of tokens a call, by `gen_ai_token_type`. */
export const TOKEN_USAGE = 'gen_ai_client_token_usage';

/** What LLM metrics are grouped by: who serves the model, and which it is. */
export const BY_MODEL: readonly string[] = ['gen_ai_provider_name', 'gen_ai_request_model'];

const operations = ({ matchers, range }: SpanQuery, ...more: readonly string[]) =>
  `rate(${selector(`${OPERATION_DURATION}_count`, matchers, ...more)}[${range}])`;

/** Calls to models per second, those that failed included. */
export const operationRate = (query: SpanQuery): string => sumBy(query.by ?? BY_MODEL, operations(query));

/** Share of calls to models that failed, 0 to 1. */
export const operationErrorRatio = (query: SpanQuery): string =>
  ratio(sumBy(query.by ?? BY_MODEL, operations(query, 'error_type!=""')), operationRate(query));

/** A quantile of the duration of calls to models, in seconds. */
export const operationQuantile = (quantile: number, query: SpanQuery): string =>
  quantileOf(quantile, `${OPERATION_DURATION}_bucket`, { by: BY_MODEL, ...query });

/**
 * Tokens per second.
 * @param type of tokens. @default - both, added up
 */
export const tokenRate = (query: SpanQuery, type?: 'input' | 'output'): string => {
  const ofType = type === undefined ? undefined : `gen_ai_token_type="${type}"`;
  return sumBy(query.by ?? BY_MODEL, `rate(${selector(`${TOKEN_USAGE}_sum`, query.matchers, ofType)}[${query.range}])`);
};
