import { Construct } from 'constructs';
import { addObject, k8s } from './k8s';
import type { Pod } from './pod';
import { mainContainer, podTemplate } from './pod-template';
import { addServiceAccount } from './service-account';

/** When a CronJob runs. */
export interface Schedule {
  /** When it runs: a cron schedule in UTC. */
  readonly schedule: string;
  /** The deadline of a run, in seconds. */
  readonly deadlineSeconds: number;
}

/** A CronJob and its ServiceAccount, both named as the pod's program. A run that is late is not run twice. */
export class ScheduledJob extends Construct {
  constructor(scope: Construct, id: string, pod: Pod, { schedule, deadlineSeconds }: Schedule) {
    super(scope, id);
    const { name } = pod;
    addServiceAccount(this, name);
    addObject(this, 'cron-job', k8s.KubeCronJob, {
      metadata: { name, labels: pod.labels },
      spec: {
        schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 2,
        jobTemplate: {
          spec: {
            backoffLimit: 3,
            activeDeadlineSeconds: deadlineSeconds,
            template: podTemplate(pod, mainContainer(pod), 'OnFailure'),
          },
        },
      },
    });
  }
}
