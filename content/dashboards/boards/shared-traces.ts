/** Panels of several dashboards: traces of the chosen service. */
import { NO_TRACES } from '../parts/no-data';
import type { Traces } from '../spec';

/** @param tags a variable with tags that one span of a trace must have, or an empty text. @default - all traces */
export const recentTraces = (tags?: string): Traces => ({
  kind: 'traces',
  title: 'Recent traces',
  description: 'The latest traces of the chosen service, as Jaeger has them. A click on an id opens the trace',
  noData: NO_TRACES,
  service: '$service',
  ...(tags !== undefined && { tags }),
});

export const failedTraces = (): Traces => ({
  kind: 'traces',
  title: 'Recent errors',
  description:
    'The latest traces of the chosen service with a failed span, by error=true. llm-api marks answers with 4xx as failed too, which are not errors of the service. On the dashboard of traces, the field Tags narrows the list: http.response.status_code=500, or event=completion_fallback',
  noData: 'No failed traces in this time range, or no traces at all: see Recent traces',
  service: '$service',
  tags: 'error=true',
});
