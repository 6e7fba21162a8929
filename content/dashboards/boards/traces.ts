/** Traces and the service graph. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { REFUSED } from '../parts/annotations';
import { service, tags } from '../parts/variables';
import type { Dashboard } from '../spec';
import { callTable, jaegerMap, serviceMap } from './service-map';
import { failedTraces, recentTraces } from './shared-traces';
import { cut, errorSpans, onTheWay, overflow, refused, spanRate, spansByKind } from './traces-spans';

/** "Traces and service graph". */
export const traces = (first: string | undefined): Dashboard => ({
  uid: DASHBOARD_UIDS.traces,
  title: 'Traces and service graph',
  description: 'The latest traces of a service, who calls whom, and whether the spans behind them are complete',
  tags: ['traces'],
  variables: [service(first), tags],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.red, DASHBOARD_UIDS.collector, DASHBOARD_UIDS.jaeger],
  rows: [
    { title: 'Traces of $service', panels: [recentTraces('${tags}'), failedTraces()] },
    { title: 'Service graph', panels: [serviceMap(), callTable(), jaegerMap()] },
    { title: 'Spans', panels: [spanRate(), errorSpans(), spansByKind(), onTheWay(), refused()] },
    { title: 'Spans that do not count in full', panels: [cut(), overflow()] },
  ],
});
