import type { AlertDefinition, AlertGroup } from '../../../content/alerts/alert';
import { BACKUP_PREFIX } from '../../../content/alerts/kubernetes/scope';
import { ago, below } from '../../../content/alerts/test-series';
import { query } from '../../../content/runbooks/checks';

/** The CronJobs of scheduled backups. */
const OURS = `cronjob=~"${BACKUP_PREFIX}.+"`;

const tooOld: AlertDefinition = {
  name: 'BackupTooOld',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  threshold: { value: 36, unit: 'hours', min: 1, max: 1440 },
  rules: (threshold, { config: { namespace, backup } }) =>
    backup.schedule === null
      ? []
      : [
          {
            // A CronJob that has never succeeded counts from its creation.
            expr: `time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{namespace="${namespace}",${OURS}} or kube_cronjob_created{namespace="${namespace}",${OURS}}) > ${threshold * 3600}`,
            summary: 'The last backup by {{ $labels.cronjob }} is {{ $value | humanizeDuration }} old',
            description: 'No later backup is complete. What was written since then is lost if the volume is.',
          },
        ],
  runbook: (at, threshold) => ({
    meaning: `A scheduled backup has not succeeded for ${threshold} hours, or never.`,
    impact: 'None now. If a volume is lost, so is what was written to it since the last backup.',
    check: [
      {
        look: 'When they ran, and whether they are suspended.',
        command: `kubectl get cronjobs,jobs -n ${at.namespace}`,
      },
      {
        look: 'What the last run said: JOB is the newest one of the CronJob in the list above.',
        command: `kubectl logs -n ${at.namespace} job/JOB --all-containers --tail=50`,
      },
      {
        look: 'Why its pod does not start: it must be on the node of the program whose claim it reads.',
        command: `kubectl describe job -n ${at.namespace} JOB`,
      },
      query('Hours since it succeeded.', '(time() - kube_cronjob_status_last_successful_time) / 3600'),
    ],
    mend: [
      'If the store refuses it: check `backup.destination` and the Secrets that it names.',
      'If the store or the claim is full: make it larger, or keep fewer copies (`backup.keep`).',
      'If the log says that a copy is stored, but old ones cannot be deleted or listed: the credentials need the right to do both.',
      `Run it at once: \`kubectl create job -n ${at.namespace} --from=cronjob/CRONJOB again\`, then delete that Job.`,
      'If `backup.schedule` is rarer than once a day, raise the threshold: `alerts.rules.BackupTooOld.threshold`.',
    ],
  }),
  test: (threshold, { config: { namespace } }) => {
    const series = (name: string) => `${name}{namespace="${namespace}",cronjob="backup-a"}`;
    return {
      fires: { [series('kube_cronjob_created')]: ago(2 * threshold * 3600) },
      quiet: {
        [series('kube_cronjob_created')]: ago(9 * threshold * 3600),
        [series('kube_cronjob_status_last_successful_time')]: ago(below(threshold) * 3600),
      },
    };
  },
};

/** Alerts on scheduled backups. */
export const backupAlerts: AlertGroup = { name: 'backup', title: 'Backups', alerts: [tooOld] };
