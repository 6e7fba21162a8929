/** Jaeger: does it store the spans that it receives, and does it answer queries. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { cpu, memory, OF_JAEGER, podOf, restarts } from '../parts/pods';
import type { Dashboard } from '../spec';
import { duration, jaegerReads, jaegerRequests } from './jaeger-reads';
import { jaegerState } from './jaeger-state';
import { byPod, lost, written } from './jaeger-writes';

/** "Jaeger". */
export const jaeger = (): Dashboard => ({
  uid: DASHBOARD_UIDS.jaeger,
  title: 'Jaeger',
  description: 'Does Jaeger store the spans that it gets, does it find them again, and what does it need for that',
  tags: ['stack'],
  variables: [podOf(OF_JAEGER)],
  annotations: [],
  related: [DASHBOARD_UIDS.traces, DASHBOARD_UIDS.collector, DASHBOARD_UIDS.workloads],
  rows: [
    { title: 'Is it well?', panels: jaegerState() },
    { title: 'Are spans stored, and found?', panels: [written(), lost(), duration()] },
    { title: 'Which reads are they?', closed: true, panels: jaegerReads() },
    { title: 'Does the UI answer?', closed: true, panels: jaegerRequests() },
    {
      title: 'Which pod is it?',
      closed: true,
      panels: [byPod(), ...[memory, cpu, restarts].map((panel) => panel(OF_JAEGER))],
    },
  ],
});
