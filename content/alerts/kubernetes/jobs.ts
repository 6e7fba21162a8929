import { query } from '../../runbooks/checks';
import type { AlertContext, AlertDefinition, AlertGroup } from '../alert';
import { ago, always, below } from '../test-series';
import { inOurs } from './scope';

const cronJobOf = ({ config }: AlertContext) => `{namespace="${config.namespace}",cronjob="a"}`;

const jobFailed: AlertDefinition = {
  name: 'KubeJobFailed',
  owner: 'platform',
  severity: 'warning',
  for: '1m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, job_name) (kube_job_failed{condition="true",${inOurs(context)}}) == 1`,
      summary: 'Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed',
      description: 'All its attempts have failed. The alert ends when the Job is deleted.',
    },
  ],
  runbook: (at) => ({
    meaning:
      at.indexCleaner === null
        ? `A Job has given up. The stack has none in this environment${at.janServer === null ? '' : ': it is one of Jan Server'}.`
        : `A Job has given up: in the stack that is ${at.indexCleaner}, which deletes old indices of Jaeger.`,
    impact:
      at.indexCleaner === null
        ? 'What it should do is not done.'
        : 'What it should do is not done. While old indices stay, the disk of the store fills.',
    check: [
      {
        look: 'Why it failed. NAMESPACE and JOB_NAME are labels of the alert.',
        command: 'kubectl describe job -n NAMESPACE JOB_NAME',
      },
      { look: 'What it said.', command: 'kubectl logs -n NAMESPACE job/JOB_NAME --tail=100' },
    ],
    mend: [
      at.indexCleaner === null
        ? 'Fix the cause: its log and its events name it.'
        : 'Fix the cause: mostly credentials, certificate or address in `jaeger.store`.',
      at.indexCleaner &&
        `Run it again: \`kubectl create job -n ${at.namespace} --from=cronjob/${at.indexCleaner} again\`, then delete the failed one.`,
    ],
  }),
  test: (_, { config }) => {
    const name = `kube_job_failed{namespace="${config.namespace}",job_name="a",condition="true"}`;
    return { fires: { [name]: always(1) }, quiet: { [name]: always(0) } };
  },
};

const cronJobLate: AlertDefinition = {
  name: 'KubeCronJobLate',
  owner: 'platform',
  severity: 'warning',
  for: '10m',
  threshold: { value: 36, unit: 'hours', min: 1, max: 720 },
  rules: (threshold, { config }) => [
    {
      // Suspended CronJobs are late on purpose.
      expr: `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{namespace="${config.namespace}"}) > ${threshold * 3600} unless on (namespace, cronjob) max by (namespace, cronjob) (kube_cronjob_spec_suspend) == 1`,
      summary:
        'CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} last succeeded {{ $value | humanizeDuration }} ago',
      description: 'Its Jobs fail, or it does not run.',
    },
  ],
  runbook: (at, threshold) => ({
    meaning: `${at.indexCleaner ?? 'A CronJob'} has not succeeded for ${threshold} hours.`,
    impact:
      at.indexCleaner === null
        ? 'What it should do is not done.'
        : 'Old spans are not deleted: the disk of the store fills.',
    check: [
      { look: 'When it ran, and whether it is suspended.', command: `kubectl get cronjobs,jobs -n ${at.namespace}` },
      query('Hours since it succeeded.', '(time() - kube_cronjob_status_last_successful_time) / 3600'),
    ],
    mend: [
      'If its Jobs fail, see the runbook KubeJobFailed.',
      at.indexCleaner &&
        'If its schedule (`jaeger.store.cleanupSchedule`) is rarer than once a day, raise the threshold: `alerts.rules.KubeCronJobLate.threshold`.',
    ],
  }),
  test: (threshold, context) => {
    const last = (hours: number) => ({
      [`kube_cronjob_status_last_successful_time${cronJobOf(context)}`]: ago(hours * 3600),
    });
    return { fires: last(2 * threshold), quiet: last(below(threshold)) };
  },
};

/** Alerts on Jobs. */
export const jobAlerts: AlertGroup = {
  name: 'kubernetes-jobs',
  title: 'Kubernetes: Jobs',
  alerts: [jobFailed, cronJobLate],
};
