/**
 * The pipelines that turn spans of LLM calls into metrics. They are separate from the pipeline to the trace store, since counting needs few
 * of a span's attributes.
 */
import { EXCEPTION, MARK_CANCELED } from './canceled';
import { FALLBACK_EVENT, fallbackEvents, fallbackSpans, IS_COMPLETION } from './fallbacks';
import { COUNTED_ATTRIBUTES, IS_AGENT } from './gen-ai-metrics';
import { insertFrom, literal, ofSpan } from './ottl';
import type { Processor } from './processors';
import { LABEL_ATTRIBUTES } from './span-metrics';

/** Name of the connector. */
export const GEN_AI_CONNECTOR = 'signal_to_metrics/gen_ai';

const IS_LLM_CLIENT = `(span.kind == SPAN_KIND_CLIENT and (${[
  'gen_ai.operation.name',
  'gen_ai.request.model',
  'llm.model',
]
  .map((key) => `${ofSpan(key)} != nil`)
  .join(' or ')}))`;

/** Keeps spans of LLM calls and completions, and the events with the cause of a failure. */
const ONLY_LLM: Processor = [
  'filter/gen_ai',
  {
    error_mode: 'ignore',
    trace_conditions: [
      `not (${IS_LLM_CLIENT} or ${IS_COMPLETION})`,
      `spanevent.name != ${literal(FALLBACK_EVENT)} and spanevent.name != ${literal(EXCEPTION)}`,
    ],
  },
];

const OPERATION = ofSpan('gen_ai.operation.name');
/** Attributes with the provider of a model: that of the current conventions, then those of older ones and of Jan Server. */
export const PROVIDERS = [
  'gen_ai.provider.name',
  'gen_ai.system',
  'llm.provider',
  'provider.display_name',
  'provider.kind',
];

/** A condition, also for spans that are not normalized: the span is that of a call to a model. */
export const IS_MODEL_CALL = `${IS_LLM_CLIENT} and not (${OPERATION} != nil and ${IS_AGENT})`;

const REASONS = ofSpan('gen_ai.response.finish_reasons');
const ERROR_TYPE = ofSpan('error.type');
const FAILED = `${ERROR_TYPE} == nil and span.status.code == STATUS_CODE_ERROR`;

/** `error.type` is the HTTP status, or `_OTHER` (OpenTelemetry semantic conventions, `error.type`); a cancelled call has one already. */
const errorType = [
  ...['http.response.status_code', 'http.status_code'].map(
    (key) => `set(${ERROR_TYPE}, String(${ofSpan(key)})) where ${FAILED} and ${ofSpan(key)} >= 400`,
  ),
  `set(${ERROR_TYPE}, "_OTHER") where ${FAILED}`,
];

/** Maps Jan Server's attributes, and those of older conventions, to the current ones, which the metrics use. */
const CONVENTIONS: Processor = [
  'transform/gen_ai',
  {
    error_mode: 'ignore',
    trace_statements: [
      ...MARK_CANCELED,
      {
        context: 'span',
        statements: [
          ...insertFrom('gen_ai.provider.name', ...PROVIDERS.slice(1)),
          // The provider's name of the model, from the client span, takes precedence over the name in the user's request.
          ...insertFrom('gen_ai.request.model', 'llm.model', 'model.original_id', 'chat.model'),
          ...Object.entries({ completion: 'text_completion', embedding: 'embeddings' }).map(
            ([type, operation]) =>
              `set(${OPERATION}, "${operation}") where ${OPERATION} == nil and ${ofSpan('llm.request.type')} == "${type}"`,
          ),
          `set(${OPERATION}, "chat") where ${OPERATION} == nil and span.kind == SPAN_KIND_CLIENT`,
          ...insertFrom('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.usage.prompt_tokens'),
          ...insertFrom('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.usage.completion_tokens'),
          ...insertFrom('gen_ai.response.finish_reason', 'llm.finish_reason'),
          `set(${ofSpan('gen_ai.response.finish_reason')}, ${REASONS}[0]) where IsList(${REASONS}) and Len(${REASONS}) > 0`,
          ...errorType,
        ],
      },
      { context: 'span', conditions: [IS_COMPLETION], statements: fallbackSpans },
      {
        context: 'spanevent',
        statements: [...fallbackEvents, 'delete_matching_keys(spanevent.attributes, ".*")'],
      },
      { context: 'span', statements: [`keep_keys(span.attributes, ${JSON.stringify(COUNTED_ATTRIBUTES)})`] },
      { context: 'resource', statements: [`keep_keys(resource.attributes, ${JSON.stringify(LABEL_ATTRIBUTES)})`] },
    ],
  },
];

/**
 * Spans are batched for some seconds, and counted batch by batch. The connector emits delta points, and deltatocumulative drops a point
 * that is older than the last: of two concurrent requests, one would be lost.
 */
const LOTS: Processor = ['batch/gen_ai', { timeout: '2s', send_batch_size: 8192 }];

/**
 * Prepares spans for counting, in the order of their pipeline. The processor that reads the sender's address must come before the batches.
 */
export const genAiSpans = (instanceId: Processor): readonly Processor[] => [ONLY_LLM, instanceId, CONVENTIONS, LOTS];

/**
 * Gives the connector's points the form of the span metrics: the service name as a label, and a start time, by which a store knows that
 * they count from zero.
 */
const POINTS: Processor = [
  'transform/gen_ai_points',
  {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'datapoint',
        statements: [
          'set(datapoint.attributes["service.name"], resource.attributes["service.name"])',
          'set(datapoint.start_time, datapoint.time - Duration("1s"))',
        ],
      },
      // This is the Collector's ID, which changes with each restart: it does not identify the service.
      {
        context: 'resource',
        statements: ['delete_key(resource.attributes, "signal_to_metrics.service.instance.id")'],
      },
    ],
  },
];

const ofResource = (name: string) => `resource.attributes["${name}"]`;
const NAMESPACE = ofResource('service.namespace');

/**
 * If Prometheus scrapes: job and instance as labels, and no resource. The exporter makes `target_info` from any resource of a job and
 * instance, and these have fewer attributes than those of spans and metrics: the pod's name would appear and disappear.
 */
export const SERVICE_AS_LABELS: Processor = [
  'transform/gen_ai_service',
  {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'datapoint',
        statements: [
          `set(datapoint.attributes["job"], ${ofResource('service.name')})`,
          `set(datapoint.attributes["job"], Concat([${NAMESPACE}, ${ofResource('service.name')}], "/")) where ${NAMESPACE} != nil`,
          `set(datapoint.attributes["instance"], ${ofResource('service.instance.id')})`,
        ],
      },
      { context: 'resource', statements: ['delete_matching_keys(resource.attributes, ".*")'] },
    ],
  },
];

/**
 * Turns the points into metrics. No memory limiter here: a refused delta point is lost, and the spans have passed the memory limiter
 * already.
 * @param limit series beyond which new ones are not counted
 */
export const genAiPoints = (limit: number): readonly Processor[] => [
  POINTS,
  ['deltatocumulative/gen_ai', { max_stale: '1h', max_streams: limit }],
];
