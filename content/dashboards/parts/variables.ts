import { OPERATION_DURATION } from '../../../metrics/gen-ai';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import type { TextVariable, Variable } from '../spec';

/** One of the services that send spans. @param first the initial value. @default - the first of the list */
export const service = (first?: string): Variable => ({
  name: 'service',
  label: 'Service',
  description: 'The service whose requests and traces are shown: service.name of its spans',
  of: 'service_name',
  series: [SPAN_METRICS.calls],
  several: false,
  ...(first !== undefined && { first }),
});

/** Tags of the traces that are searched. */
export const tags: TextVariable = {
  kind: 'text',
  name: 'tags',
  label: 'Tags',
  description:
    'Tags that one span of a trace must have, in logfmt: otelcol.failed=true (failed requests and calls), http.response.status_code=500, event=completion_fallback. Empty: all traces',
};

/** The trace that is shown. */
export const traceId: TextVariable = {
  kind: 'text',
  name: 'traceId',
  label: 'Trace ID',
  description: 'The trace that is shown: links fill it in, or paste the trace_id of a log line',
};

/** Models that were called. */
export const model: Variable = {
  name: 'model',
  label: 'Model',
  description: 'Models as the request names them',
  of: 'gen_ai_request_model',
  series: [`${OPERATION_DURATION}_count`],
  several: true,
};

/** Several of the services that send spans, for dashboards of all. */
export const services: Variable = {
  ...service(),
  description: 'The services that are shown: service.name of their spans',
  several: true,
};

/** A matcher of the services that are chosen with `services`. */
export const OF_SERVICES = 'service_name=~"$service"';
