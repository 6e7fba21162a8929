/**
 * The metrics that the Collector computes from spans of LLM calls: names, units and buckets of OpenTelemetry's conventions for
 * generative AI (https://github.com/open-telemetry/semantic-conventions-genai). The names that Prometheus stores them under are in
 * the catalogue.
 */

import { OPERATION_BUCKETS } from '../../metrics/gen-ai';
import { onePass } from './one-pass';
import { literal, ofSpan } from './ottl';
import { LABEL_ATTRIBUTES } from './span-metrics';

/** Attribute of a completion of Jan Server: 1 where it was answered with a fallback text, else 0. */
export const FALLBACKS = 'jan.completion.fallbacks';

/** Labels of an LLM call that are left out where they are unknown. */
const MODEL = ['gen_ai.provider.name', 'gen_ai.request.model'];

/** Route of llm-api's handler of chat completions. Its span has no route: the request's own span has. */
const COMPLETIONS_ROUTE = '/v1/chat/completions';

const TOKEN_BUCKETS = Array.from({ length: 14 }, (_, index) => 4 ** index);
const FIRST_CHUNK_BUCKETS = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export interface Attribute {
  readonly key: string;
  readonly optional?: true;
  readonly default_value?: string;
}

const optional = (keys: readonly string[]): Attribute[] => keys.map((key) => ({ key, optional: true }));

/** The labels of an LLM call. The connector looks at no span without the operation, which is required. */
const CALL: readonly Attribute[] = [{ key: 'gen_ai.operation.name' }, ...optional(MODEL)];

const OPERATION = ofSpan('gen_ai.operation.name');

/** Spans of an agent or a tool are not counted: their tokens are those of the calls that they make. */
const AGENTS = onePass(['create_agent', 'invoke_agent', 'invoke_workflow', 'execute_tool']);

/** A condition: the span is a client's, of a call to a model. An enclosing span is none. */
export const IS_MODEL_CALL = `span.kind == SPAN_KIND_CLIENT and ${OPERATION} != nil and not IsMatch(${OPERATION}, ${literal(AGENTS)})`;

const isNumber = (path: string) => `(IsInt(${path}) or IsDouble(${path}))`;

/**
 * With probability sampling, a span represents several: the number follows from its trace state. It is rounded, because histogram counts
 * are integers.
 */
const COUNT = 'Int(AdjustedCount() + 0.5)';

interface Shape {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly condition: string;
  readonly attributes: readonly Attribute[];
}

const metric = ({ condition, ...shape }: Shape) => ({
  ...shape,
  conditions: [condition],
  include_resource_attributes: LABEL_ATTRIBUTES.map((key) => ({ key })),
});

const histogram = (shape: Shape, value: string, buckets: readonly number[]) => ({
  ...metric(shape),
  histogram: { buckets, count: COUNT, value },
});

const counter = (shape: Shape, value: string) => ({ ...metric(shape), sum: { monotonic: true, value } });

const tokens = (type: 'input' | 'output') => {
  const usage = ofSpan(`gen_ai.usage.${type}_tokens`);
  const shape = {
    name: 'gen_ai.client.token.usage',
    description: 'Number of input and output tokens used',
    unit: '{token}',
    condition: `${IS_MODEL_CALL} and ${isNumber(usage)}`,
    attributes: [...CALL, { key: 'gen_ai.token.type', default_value: type }],
  };
  return histogram(shape, `Double(${usage})`, TOKEN_BUCKETS);
};

const duration = histogram(
  {
    name: 'gen_ai.client.operation.duration',
    description: 'Duration of LLM calls',
    unit: 's',
    condition: IS_MODEL_CALL,
    attributes: [...CALL, ...optional(['error.type'])],
  },
  'Seconds(span.end_time - span.start_time)',
  OPERATION_BUCKETS,
);

const FIRST_CHUNK = ofSpan('gen_ai.response.time_to_first_chunk');
const firstChunk = histogram(
  {
    name: 'gen_ai.client.operation.time_to_first_chunk',
    description: 'Time to the first chunk of streamed answers',
    unit: 's',
    condition: `${IS_MODEL_CALL} and ${isNumber(FIRST_CHUNK)}`,
    attributes: CALL,
  },
  `Double(${FIRST_CHUNK})`,
  FIRST_CHUNK_BUCKETS,
);

const finishReasons = counter(
  {
    name: 'gen_ai.client.finish_reasons',
    description: 'LLM calls by the reason why the answer ended',
    unit: '{call}',
    condition: IS_MODEL_CALL,
    attributes: [...CALL, { key: 'gen_ai.response.finish_reason' }],
  },
  'AdjustedCount()',
);

/**
 * A request without a fallback adds 0. This creates the series before the first fallback, because `increase` does not see the first sample
 * of a counter.
 */
const fallbacks = counter(
  {
    name: 'jan.completion_fallbacks',
    description: 'Requests answered with status 200 though the provider had failed',
    unit: '{request}',
    condition: `${ofSpan(FALLBACKS)} != nil`,
    attributes: [{ key: 'http.route', default_value: COMPLETIONS_ROUTE }, ...optional(MODEL)],
  },
  `${ofSpan(FALLBACKS)} * AdjustedCount()`,
);

/** Settings of the signal_to_metrics connector. It emits delta points, one for each request and series. */
export const genAiConnector = {
  error_mode: 'ignore',
  spans: [tokens('input'), tokens('output'), duration, firstChunk, finishReasons, fallbacks],
} as const;
