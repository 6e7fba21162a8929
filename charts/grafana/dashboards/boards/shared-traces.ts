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

export const failedTraces = (): Traces => ({
  kind: 'traces',
  title: 'Recent errors',
  description: 'The latest traces of the chosen service with a span that failed',
  noData: 'No failed traces in this time range, or no traces at all: see Recent traces',
  service: '$service',
  tags: 'error=true',
});
