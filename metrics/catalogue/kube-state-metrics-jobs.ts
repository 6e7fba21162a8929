/** Jobs and CronJobs, as kube-state-metrics 2.18.0 documents them (docs/metrics/workload). */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const job = entriesOf('kubeStateMetrics', { after: 'a Job exists' });
const JOB = { namespace: 'bounded', job_name: 'bounded' } as const;
/** Jobs. */
export const JOBS: readonly Metric[] = [
  job.gauge('kube_job_complete', 'boolean', { ...JOB, condition: 'fixed' }),
  job.gauge('kube_job_created', 'timestamp', JOB),
  job.gauge('kube_job_failed', 'boolean', { ...JOB, condition: 'fixed' }),
  job.info('kube_job_info', JOB),
  job.gauge('kube_job_owner', 'boolean', {
    ...JOB,
    owner_kind: 'fixed',
    owner_name: 'bounded',
    owner_is_controller: 'fixed',
  }),
  job.gauge('kube_job_spec_active_deadline_seconds', 'seconds', JOB),
  job.gauge('kube_job_spec_completions', 'pods', JOB),
  job.gauge('kube_job_spec_parallelism', 'pods', JOB),
  job.gauge('kube_job_status_active', 'pods', JOB),
  job.gauge('kube_job_status_completion_time', 'timestamp', JOB),
  job.gauge('kube_job_status_failed', 'pods', { ...JOB, reason: 'fixed' }),
  job.gauge('kube_job_status_ready', 'pods', JOB),
  job.gauge('kube_job_status_start_time', 'timestamp', JOB),
  job.gauge('kube_job_status_succeeded', 'pods', JOB),
  job.gauge('kube_job_status_suspended', 'boolean', JOB),
];

const cronjob = entriesOf('kubeStateMetrics', { after: 'a CronJob exists' });
const CRON_JOB = { namespace: 'bounded', cronjob: 'bounded' } as const;
/** CronJobs. */
export const CRON_JOBS: readonly Metric[] = [
  cronjob.gauge('kube_cronjob_created', 'timestamp', CRON_JOB),
  cronjob.info('kube_cronjob_info', {
    ...CRON_JOB,
    schedule: 'bounded',
    concurrency_policy: 'fixed',
    timezone: 'bounded',
  }),
  cronjob.gauge('kube_cronjob_metadata_resource_version', 'version', CRON_JOB),
  cronjob.gauge('kube_cronjob_next_schedule_time', 'timestamp', CRON_JOB),
  cronjob.gauge('kube_cronjob_spec_failed_job_history_limit', 'jobs', CRON_JOB),
  cronjob.gauge('kube_cronjob_spec_starting_deadline_seconds', 'seconds', CRON_JOB),
  cronjob.gauge('kube_cronjob_spec_successful_job_history_limit', 'jobs', CRON_JOB),
  cronjob.gauge('kube_cronjob_spec_suspend', 'boolean', CRON_JOB),
  cronjob.gauge('kube_cronjob_status_active', 'jobs', CRON_JOB),
  cronjob.gauge('kube_cronjob_status_last_schedule_time', 'timestamp', CRON_JOB),
  cronjob.gauge('kube_cronjob_status_last_successful_time', 'timestamp', CRON_JOB),
];
