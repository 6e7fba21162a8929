/** Jaeger: does it store the spans that it receives, and does it answer queries. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Dashboard } from '../spec';
import { failingNow, failures, http, latency, reads } from './jaeger-reads';
import { accepted, cpu, lost, memory, storedNow, up } from './jaeger-writes';

/** "Jaeger". */
export const jaeger = (): Dashboard => ({
  uid: DASHBOARD_UIDS.jaeger,
  title: 'Jaeger',
  description: 'Does Jaeger store the spans that it gets, does it find them again, and what does it need for that',
  tags: ['stack'],
  variables: [],
  annotations: [],
  related: [DASHBOARD_UIDS.traces, DASHBOARD_UIDS.collector],
  rows: [
    { title: 'Now', panels: [up(), storedNow(), failingNow()] },
    { title: 'Writing', panels: [accepted(), lost()] },
    { title: 'Reading', panels: [reads(), failures(), latency(), http()] },
    { title: 'Process', panels: [memory(), cpu()] },
  ],
});
