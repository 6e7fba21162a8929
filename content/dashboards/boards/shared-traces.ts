/** Panels of several dashboards: traces of the chosen service. */
import { FAILED } from '../../../metrics/span-metrics';
import { FAILED_SPANS } from '../parts/links';
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
  description: `The latest traces of the chosen service in which a request failed at the server, a call failed, or llm-api answered in place of a model. What is refused with 4xx is not among them: error=true finds that too. The Collector marks such spans with ${FAILED}`,
  noData: 'No failed traces in this time range, or no traces at all: see Recent traces',
  service: '$service',
  tags: FAILED_SPANS,
});
