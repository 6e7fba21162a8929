/** Sets the status of spans, before metrics use it. */
import { FAILED } from '../../metrics/span-metrics';
import { CANCELED_IS_NO_FAILURE, MARK_CANCELED } from './canceled';
import { IS_COMPLETION, IS_SILENT_FALLBACK } from './fallbacks';
import { ofSpan } from './ottl';
import type { Processor } from './processors';

const CODE = ofSpan('http.response.status_code');

/**
 * Marks what a person who looks for failed requests wants to see: requests that failed at the server, calls that failed, and completions
 * that were answered with a fallback text. Jaeger's search cannot exclude a status, and error=true also finds the requests that llm-api
 * refuses with 4xx. Spans without an error do not enter the group.
 */
const MARK_FAILED = {
  context: 'span',
  conditions: ['span.status.code == STATUS_CODE_ERROR'],
  statements: [
    `set(${ofSpan(FAILED)}, true) where span.kind == SPAN_KIND_CLIENT or (span.kind == SPAN_KIND_SERVER and (${CODE} == nil or ${CODE} >= 500))`,
    `set(${ofSpan(FAILED)}, true) where ${IS_COMPLETION} and ${IS_SILENT_FALLBACK}`,
  ],
};

/**
 * Not every service sets the status of its spans: realtime-api never does. Where it is unset, the HTTP status decides, as the conventions
 * say: 5xx is an error of a server's span, 4xx and 5xx of a client's (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status).
 * It runs after the processor that normalizes the attributes.
 */
export const OUTCOME: Processor = [
  'transform/outcome',
  {
    error_mode: 'ignore',
    trace_statements: [
      {
        context: 'span',
        conditions: [
          `span.status.code == STATUS_CODE_UNSET and span.kind == SPAN_KIND_SERVER and ${CODE} >= 500`,
          `span.status.code == STATUS_CODE_UNSET and span.kind == SPAN_KIND_CLIENT and ${CODE} >= 400`,
        ],
        statements: ['set(span.status.code, STATUS_CODE_ERROR)'],
      },
      ...MARK_CANCELED,
      CANCELED_IS_NO_FAILURE,
      MARK_FAILED,
    ],
  },
];
