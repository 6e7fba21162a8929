/** Traces and the service graph. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { FIRING, REFUSED } from '../parts/annotations';
import { service, tags } from '../parts/variables';
import type { Dashboard, ServiceMap } from '../spec';
import { failedTraces, recentTraces } from './shared-traces';
import { cut, errorSpans, onTheWay, overflow, refused, spanRate, spansByKind } from './traces-spans';

const map = (): ServiceMap => ({
  kind: 'map',
  title: 'Who calls whom',
  description:
    'Services and how often each calls another, from the spans that Jaeger keeps. With OpenSearch, Elasticsearch or Cassandra it is filled by the spark-dependencies job',
  noData:
    'No calls between services: do spans of more than one service belong to one trace? Of Jan Server up to 2026-01 none do: llm-api ignores the traceparent of a request, and most of its services send no spans',
});

/** "Traces and service graph". */
export const traces = (first: string | undefined): Dashboard => ({
  uid: DASHBOARD_UIDS.traces,
  title: 'Traces and service graph',
  description: 'The latest traces of a service, who calls whom, and whether the spans behind them are complete',
  tags: ['traces'],
  variables: [service(first), tags],
  annotations: [FIRING, REFUSED],
  related: [DASHBOARD_UIDS.red, DASHBOARD_UIDS.collector, DASHBOARD_UIDS.jaeger],
  rows: [
    { title: 'Traces of $service', panels: [recentTraces('${tags}'), failedTraces()] },
    { title: 'Service graph', panels: [map()] },
    { title: 'Spans', panels: [spanRate(), errorSpans(), spansByKind(), onTheWay(), refused()] },
    { title: 'Spans that do not count in full', panels: [cut(), overflow()] },
  ],
});
