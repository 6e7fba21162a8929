import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addObject, k8s } from './k8s';
import { podLabels } from './labels';
import { mainContainer, type PodProps, podTemplate } from './pod-template';

/** A program that runs by the clock and ends. `name` is that of the CronJob and of its ServiceAccount. */
export interface ScheduledJobProps extends PodProps {
  /** When it runs: a cron schedule in UTC. */
  readonly schedule: string;
  /** After how many seconds a run is ended. */
  readonly deadlineSeconds: number;
}

/** A program that runs by the clock: ServiceAccount and CronJob. A run that is late is not run twice. */
export class ScheduledJob extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    super(scope, id);
    const { name } = props;
    addObject(this, 'service-account', k8s.KubeServiceAccount, {
      metadata: { name },
      automountServiceAccountToken: false,
    });
    addObject(this, 'cron-job', k8s.KubeCronJob, {
      metadata: { name, labels: { ...Chart.of(this).labels, ...podLabels(props.identity, props.image.version) } },
      spec: {
        schedule: props.schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 2,
        jobTemplate: {
          spec: {
            backoffLimit: 3,
            activeDeadlineSeconds: props.deadlineSeconds,
            template: podTemplate(props, mainContainer(props), 'OnFailure'),
          },
        },
      },
    });
  }
}
