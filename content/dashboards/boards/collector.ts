/** The Collector: received and exported telemetry, queues, and resource usage. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { REFUSED } from '../parts/annotations';
import { cpu, inFlight, memory, OF_COLLECTOR, perSecond, podOf, restarts } from '../parts/pods';
import type { Dashboard, Lines } from '../spec';
import { UNITS } from '../units';
import { collectorDrops } from './collector-drops';
import { collectorFlow, collectorQueues } from './collector-flow';
import { collectorState } from './collector-state';

const byPod = (): Lines => {
  const rate = (outcome: string) => perSecond(OF_COLLECTOR, ['pod'], `otelcol_receiver_${outcome}_spans_total`);
  return {
    kind: 'lines',
    title: 'Spans by pod',
    description:
      'Spans that each pod accepts a second, and below the axis those that it refuses. A sender keeps its connection, so that pods may differ',
    unit: UNITS.spansPerSecond,
    noData: 'No spans have arrived since the start: does any service send to the Collector?',
    queries: [
      { expr: rate('accepted'), legend: '{{pod}} accepted' },
      { expr: rate('refused'), legend: '{{pod}} refused', below: true },
    ],
  };
};

/** "OpenTelemetry Collector". */
export const collector = (): Dashboard => ({
  uid: DASHBOARD_UIDS.collector,
  title: 'OpenTelemetry Collector',
  description: 'Does everything that is sent arrive, is it sent on, and how near is the Collector to its limits',
  tags: ['stack'],
  variables: [podOf(OF_COLLECTOR)],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.traces, DASHBOARD_UIDS.jaeger, DASHBOARD_UIDS.prometheus, DASHBOARD_UIDS.workloads],
  rows: [
    { title: 'Is it well?', panels: collectorState() },
    { title: 'Does everything get through?', panels: collectorFlow() },
    { title: 'Do the queues fill?', panels: collectorQueues() },
    { title: 'Why is data dropped?', closed: true, panels: collectorDrops() },
    {
      title: 'Which pod is it?',
      closed: true,
      panels: [byPod(), ...[memory, cpu, inFlight, restarts].map((panel) => panel(OF_COLLECTOR))],
    },
  ],
});
