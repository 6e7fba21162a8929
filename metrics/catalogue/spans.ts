/**
 * The metrics that the Collector makes from spans: those of its span_metrics connector, with the names and dimensions of
 * charts/collector/span-metrics.ts, and those for language models, after OpenTelemetry's conventions
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/).
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const spans = entriesOf('spanMetrics', { after: 'spans have arrived' });
const genAi = entriesOf('genAi', { after: 'spans of a language model have arrived' });

/** A service chooses `span_name` freely; beyond the connector's limit, all new spans count into one series with `otel_metric_overflow`. */
const SPAN = {
  service_name: 'bounded',
  span_name: 'open',
  span_kind: 'fixed',
  status_code: 'fixed',
  otelcol_truncated: 'fixed',
  peer_service: 'bounded',
  http_route: 'bounded',
  http_request_method: 'fixed',
  http_response_status_code: 'fixed',
  otel_metric_overflow: 'fixed',
} as const;

const MODEL = {
  service_name: 'bounded',
  gen_ai_operation_name: 'fixed',
  gen_ai_provider_name: 'bounded',
  gen_ai_request_model: 'bounded',
} as const;

/** Rate, errors and duration of every service. */
export const SPAN_METRICS_OF_SERVICES: readonly Metric[] = [
  spans.counter('traces_span_metrics_calls_total', 'spans', SPAN),
  spans.histogram('traces_span_metrics_duration_seconds', 'seconds', SPAN),
];

/** Language models: tokens, duration, and fallback answers that hide a provider's failure. */
export const GEN_AI: readonly Metric[] = [
  genAi.histogram('gen_ai_client_token_usage', 'tokens', { ...MODEL, gen_ai_token_type: 'fixed' }),
  genAi.histogram('gen_ai_client_operation_duration_seconds', 'seconds', { ...MODEL, error_type: 'bounded' }),
  genAi.histogram('gen_ai_client_operation_time_to_first_chunk_seconds', 'seconds', MODEL, {
    after: 'a streamed answer reports when it began',
  }),
  genAi.counter(
    'gen_ai_client_finish_reasons_total',
    'calls',
    { ...MODEL, gen_ai_response_finish_reason: 'fixed' },
    { after: 'an answer reports why it ended' },
  ),
  genAi.counter(
    'jan_completion_fallbacks_total',
    'fallbacks',
    {
      service_name: 'bounded',
      http_route: 'bounded',
      gen_ai_provider_name: 'bounded',
      gen_ai_request_model: 'bounded',
    },
    { after: 'llm-api has answered a completion' },
  ),
];
