/** Panels of workloads: Jobs and CronJobs, from kube-state-metrics. */
import type { Table } from '../spec';
import { UNITS } from '../units';
import { ofNamespace, ROW_TO_NAMESPACE } from './workloads-scope';

const NO_JOBS = 'There are none in these namespaces, or no objects are known at all: see Workloads';
/** Milliseconds of a second: Grafana's times are in milliseconds. */
const SECOND = 1000;

const ofJob = (metric: string, ...matchers: readonly string[]) =>
  `max by (namespace, job_name) (${ofNamespace(metric, ...matchers)})`;

const BEGAN = ofJob('kube_job_status_start_time');

export const jobs = (): Table => ({
  kind: 'table',
  title: 'Jobs',
  description:
    'When each Job began, how many of its pods have failed, and whether it has given up. CronJobs keep their last Jobs',
  unit: UNITS.count,
  noData: NO_JOBS,
  width: 12,
  columns: { job_name: 'Job', namespace: 'Namespace' },
  queries: [
    { expr: `${SECOND} * ${BEGAN}`, legend: 'Began' },
    { expr: ofJob('kube_job_status_failed'), legend: 'Failed pods' },
    // A Job has this series once it has failed.
    { expr: `${ofJob('kube_job_failed', 'condition="true"')} or 0 * ${BEGAN}`, legend: 'State' },
  ],
  cells: {
    Namespace: { width: 130 },
    Began: { unit: UNITS.since, width: 130 },
    State: { words: { 0: 'ok', 1: 'failed' }, show: 'colour', limits: { warning: 0.5, critical: 1 } },
  },
  sortBy: 'Began',
  links: [ROW_TO_NAMESPACE],
});

const ofCronJob = (metric: string) => `max by (namespace, cronjob) (${ofNamespace(metric)})`;

export const cronJobs = (): Table => ({
  kind: 'table',
  title: 'CronJobs',
  description: 'When each CronJob has last started a Job and last succeeded, and whether it is suspended',
  unit: UNITS.since,
  noData: NO_JOBS,
  width: 12,
  columns: { cronjob: 'CronJob', namespace: 'Namespace' },
  queries: [
    { expr: `${SECOND} * ${ofCronJob('kube_cronjob_status_last_schedule_time')}`, legend: 'Started' },
    { expr: `${SECOND} * ${ofCronJob('kube_cronjob_status_last_successful_time')}`, legend: 'Succeeded' },
    { expr: ofCronJob('kube_cronjob_spec_suspend'), legend: 'Suspended' },
  ],
  cells: {
    Namespace: { width: 130 },
    Started: { width: 130, empty: 'never' },
    Succeeded: { width: 130, empty: 'never' },
    Suspended: { unit: UNITS.number, words: { 0: 'no', 1: 'yes' } },
  },
  sortBy: 'Succeeded',
  ascending: true,
  links: [ROW_TO_NAMESPACE],
});
