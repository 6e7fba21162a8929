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
  /** Exit code of the program after which the run is not tried again. @default - each failure is tried again */
  readonly finalExitCode?: number;
}

const failingAt = (containerName: string, exitCode: number): k8s.PodFailurePolicy => ({
  rules: [
    { action: 'FailJob', onExitCodes: { containerName, operator: 'In', values: [exitCode] }, onPodConditions: [] },
  ],
});

/**
 * A CronJob and its ServiceAccount, both named as the pod's program. A run that is late is not run twice. One that fails is tried again from
 * its first step, in a new pod: the pods of a Job that restarts containers are deleted when it fails, and their logs with them
 * (https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy).
 */
export class ScheduledJob extends Construct {
  constructor(scope: Construct, id: string, pod: Pod, { schedule, deadlineSeconds, finalExitCode }: Schedule) {
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
            ...(finalExitCode !== undefined && { podFailurePolicy: failingAt(name, finalExitCode) }),
            template: podTemplate(pod, mainContainer(pod), 'Never'),
          },
        },
      },
    });
  }
}
