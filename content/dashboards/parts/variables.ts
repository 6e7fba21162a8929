import { OPERATION_DURATION } from '../../../metrics/gen-ai';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import type { Variable } from '../spec';

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
