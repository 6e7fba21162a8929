import { Construct } from 'constructs';
import { addObject, k8s } from './k8s';
import type { Pod } from './pod';
import { mainContainer, podTemplate } from './pod-template';
import { addServiceAccount } from './service-account';

/** The annotation by which a Job is known as a hook. */
export const HOOK = 'argocd.argoproj.io/hook';

/**
 * Argo CD runs the Job after each sync, and deletes the one before (https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/).
 * Flux deletes and creates it where it has changed, instead of a failure of everything that it applies with it
 * (fluxcd/kustomize-controller#787).
 */
const AFTER_SYNC = {
  [HOOK]: 'PostSync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
  'kustomize.toolkit.fluxcd.io/force': 'enabled',
};

/** What a Job runs. */
export interface HookJobProps {
  readonly command: readonly string[];
  /** The deadline of a run, in seconds. */
  readonly deadlineSeconds: number;
  /** How long a Job that has ended is kept for its log, in seconds. */
  readonly keptSeconds: number;
}

/**
 * A Job that runs once after each change of the stack, and its ServiceAccount, both named as the pod's program. It is never repeated: a
 * second attempt would hide what the first has found.
 */
export class HookJob extends Construct {
  constructor(scope: Construct, id: string, pod: Pod, { command, deadlineSeconds, keptSeconds }: HookJobProps) {
    super(scope, id);
    const { name } = pod;
    addServiceAccount(this, name);
    const main = { ...mainContainer(pod), command: [...command] };
    addObject(this, 'job', k8s.KubeJob, {
      metadata: {
        name,
        labels: pod.labels,
        annotations: AFTER_SYNC,
      },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: deadlineSeconds,
        ttlSecondsAfterFinished: keptSeconds,
        template: podTemplate(pod, main, 'Never'),
      },
    });
  }
}
