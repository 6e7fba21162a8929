/** Traces of one service, and the calls between services. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { REFUSED } from '../parts/annotations';
import { service, tags } from '../parts/variables';
import type { Dashboard } from '../spec';
import { callTable, jaegerMap, serviceMap } from './service-map';
import { failedTraces, recentTraces } from './shared-traces';
import { cut, onTheWay, overflow, refused } from './traces-complete';
import { cutNow, failedNow, failingNow, refusedNow, spansNow, unnamedNow } from './traces-now';
import { failedByKind, operations, spansByKind } from './traces-spans';

/** "Traces and service map". */
export const traces = (first: string | undefined): Dashboard => ({
  uid: DASHBOARD_UIDS.traces,
  title: 'Traces and service map',
  description: 'The latest traces of a service, what calls what, and whether the spans behind them are complete',
  tags: ['traces'],
  variables: [service(first), tags],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.red, DASHBOARD_UIDS.collector, DASHBOARD_UIDS.jaeger],
  rows: [
    {
      title: 'Is it well?',
      panels: [failingNow(), failedNow(), spansNow(), refusedNow(), cutNow(), unnamedNow()],
    },
    { title: 'Which requests are they?', panels: [failedTraces(), recentTraces('${tags}')] },
    { title: 'What calls what?', panels: [serviceMap(), callTable()] },
    { title: 'What does it do?', panels: [spansByKind(), failedByKind(), operations()] },
    { title: 'What does Jaeger see?', closed: true, panels: [jaegerMap()] },
    { title: 'Do spans arrive?', closed: true, panels: [onTheWay(), refused()] },
    { title: 'Do all spans count in full?', closed: true, panels: [cut(), overflow()] },
  ],
});
