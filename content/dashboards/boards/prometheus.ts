/** Prometheus: scrapes, storage, queries. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Dashboard } from '../spec';
import { cpu, memory } from './prometheus-process';
import { queries, queryP95, remoteBehind, remoteFailed } from './prometheus-queries';
import { headSeries, outOfOrder, retention, seriesByJob, storage, walCorruptions } from './prometheus-storage';
import { down, missedScrapes, rejected, reloaded, samples, scrapeDuration, targets, upNow } from './prometheus-targets';

/** "Prometheus". */
export const prometheus = (): Dashboard => ({
  uid: DASHBOARD_UIDS.prometheus,
  title: 'Prometheus',
  description: 'Is every target scraped, are samples accepted, how long does the disk last, and are queries answered',
  tags: ['stack'],
  variables: [],
  annotations: [],
  related: [DASHBOARD_UIDS.alerting, DASHBOARD_UIDS.collector],
  rows: [
    { title: 'Now', panels: [upNow(), headSeries(), retention(), reloaded()] },
    { title: 'Targets', panels: [targets(), down(), scrapeDuration(), samples(), missedScrapes(), rejected()] },
    { title: 'Storage', panels: [storage(), seriesByJob(), outOfOrder(), walCorruptions()] },
    { title: 'Queries and remote write', panels: [queries(), queryP95(), remoteBehind(), remoteFailed()] },
    { title: 'Process', panels: [memory(), cpu()] },
  ],
});
