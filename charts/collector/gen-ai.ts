/**
 * Spans of LLM calls as metrics: the pipeline of spans maps their attributes to the current conventions, a connector counts them, and its
 * points go through a pipeline of their own.
 */
import { FALLBACK_EVENT, fallbackEvents, fallbackSpans, IS_COMPLETION } from './fallbacks';
import { attributeOf, hasOne, insertFrom, literal, ofSpan } from './ottl';
import type { Processor } from './processors';

/** Name of the connector. */
export const GEN_AI_CONNECTOR = 'signal_to_metrics/gen_ai';

/** A condition: the span is the client's, of an LLM call. */
const IS_LLM_CLIENT = `span.kind == SPAN_KIND_CLIENT and ${hasOne('span', ['gen_ai.operation.name', 'gen_ai.request.model', 'llm.model'])}`;

const OPERATION = ofSpan('gen_ai.operation.name');

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

/**
 * Maps Jan Server's attributes, and those of older conventions, to the current ones, which the metrics use. It runs behind the processor
 * that marks cancelled calls, and before the one that removes personal data, because a fallback is known by the text of an error.
 */
export const GEN_AI_CONVENTIONS: Processor = [
  'transform/gen_ai',
  {
    error_mode: 'ignore',
    trace_statements: [
      {
        context: 'span',
        conditions: [IS_LLM_CLIENT, IS_COMPLETION],
        statements: [
          ...insertFrom(
            'gen_ai.provider.name',
            'gen_ai.system',
            'llm.provider',
            'provider.display_name',
            'provider.kind',
          ),
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
        conditions: [`spanevent.name == ${literal(FALLBACK_EVENT)} and ${IS_COMPLETION}`],
        statements: fallbackEvents,
      },
    ],
  },
];

/**
 * Batches the connector's points, which come with each request. It passes them on one after the other: in what order points of one series
 * arrive decides which counts, since deltatocumulative drops a point that is not newer than the last.
 */
const LOTS: Processor = ['batch/gen_ai', { timeout: '1s', send_batch_size: 8192 }];

/**
 * Gives the connector's points the form of the span metrics: the service name as a label, a time by which each is newer than the one before
 * it, and a start time, by which a store knows that they count from zero.
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
          // Concurrent requests would have the same time, or arrive in another order than that of their times.
          'set(datapoint.time, Now())',
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

const ofResource = (name: string) => attributeOf('resource', name);
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
  LOTS,
  POINTS,
  ['deltatocumulative/gen_ai', { max_stale: '1h', max_streams: limit }],
];
