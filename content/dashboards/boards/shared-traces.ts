/** Panels of several dashboards: traces of the chosen service. */
import { NO_TRACES } from '../parts/no-data';
import type { Traces } from '../spec';

export const recentTraces = (): Traces => ({
  kind: 'traces',
  title: 'Recent traces',
  description: 'The latest traces of the chosen service, as Jaeger has them. A click on an id opens the trace',
  noData: NO_TRACES,
  service: '$service',
});

/**
 * The tags of a failed trace. Jaeger searches tags by value, not by range, and error=true would also find requests that were refused
 * because of the client.
 */
const FAILURES: readonly string[] = [
  ...[500, 502, 503, 504].map((status) => `http.response.status_code=${status}`),
  'event=completion_fallback',
];

export const failedTraces = (): Traces => ({
  kind: 'traces',
  title: 'Recent errors',
  description:
    'The latest traces of the chosen service in which a request or a call was answered with 500 to 504, or llm-api answered in place of a model. What is refused with 4xx is not an error of the service: its spans, which llm-api marks as failed, are found by error=true in Explore',
  noData: 'No failed traces in this time range, or no traces at all: see Recent traces',
  service: '$service',
  anyTag: FAILURES,
});
