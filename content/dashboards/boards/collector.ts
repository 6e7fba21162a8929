/** The Collector: received and exported telemetry, queues, and resource usage. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { REFUSED } from '../parts/annotations';
import type { Dashboard } from '../spec';
import { accepted, limited, processed, receiverFailed, refusedNow, refusedShare } from './collector-in';
import { failed, fill, fillNow, inFlight, notQueued, sent, waiting } from './collector-out';
import { cpu, memory, up } from './collector-process';

/** "OpenTelemetry Collector". */
export const collector = (): Dashboard => ({
  uid: DASHBOARD_UIDS.collector,
  title: 'OpenTelemetry Collector',
  description: 'Does everything that is sent arrive, is it handed on, and how near is the Collector to its limits',
  tags: ['stack'],
  variables: [],
  annotations: [REFUSED],
  related: [DASHBOARD_UIDS.traces, DASHBOARD_UIDS.jaeger, DASHBOARD_UIDS.prometheus],
  rows: [
    { title: 'Now', panels: [up(), refusedNow(), fillNow()] },
    { title: 'In', panels: [accepted(), refusedShare(), receiverFailed(), limited(), processed()] },
    { title: 'Out', panels: [sent(), failed(), fill(), waiting(), notQueued(), inFlight()] },
    { title: 'Process', panels: [memory(), cpu()] },
  ],
});
