/** Prometheus: scrapes, storage, queries. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { AlertSettings } from '../../alerts/settings';
import type { Dashboard } from '../spec';
import { prometheusProcess, prometheusQueries } from './prometheus-queries';
import { prometheusRemote } from './prometheus-remote';
import { prometheusState } from './prometheus-state';
import { appended, prometheusStorage, rejected } from './prometheus-storage';
import { prometheusGrowth, prometheusTargets, slowest } from './prometheus-targets';

/**
 * "Prometheus". It has no variable for the job: most panels are about Prometheus itself, whose metrics have a job too, and would be empty
 * with any other one chosen.
 */
export const prometheus = ({ remoteWrite }: Pick<AlertSettings['prometheus'], 'remoteWrite'>): Dashboard => ({
  uid: DASHBOARD_UIDS.prometheus,
  title: 'Prometheus',
  description: 'Is every target scraped, are samples accepted, how long does the disk last, and are queries answered',
  tags: ['stack'],
  variables: [],
  annotations: [],
  related: [DASHBOARD_UIDS.alerting, DASHBOARD_UIDS.collector, DASHBOARD_UIDS.workloads],
  rows: [
    { title: 'Is it well?', panels: prometheusState() },
    { title: 'Is everything scraped?', panels: prometheusTargets() },
    { title: 'Are samples taken?', panels: [appended(), rejected(), slowest()] },
    { title: 'What makes it grow?', closed: true, panels: prometheusGrowth() },
    { title: 'Does its disk last?', closed: true, panels: prometheusStorage() },
    { title: 'Who asks it?', closed: true, panels: prometheusQueries() },
    ...(remoteWrite.length === 0
      ? []
      : [{ title: 'Does remote write keep up?', closed: true, panels: prometheusRemote() }]),
    { title: 'Is memory or CPU short?', closed: true, panels: prometheusProcess() },
  ],
});
