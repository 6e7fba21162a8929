/** Deployments, StatefulSets and DaemonSets that are not there, or have no pods. */

import { type AnyCause, type At, type Cause, entryOf } from '../cause';
import { waitAgain } from '../wait-again';

const example = ({ places: { jaegerReader } }: At) => `Deployment/${jaegerReader.service}`;

export const WORKLOAD_MISSING: Cause<null> = {
  id: 'workload-missing',
  section: 'start',
  title: 'A workload does not exist',
  meaning: 'It was deleted, or never applied.',
  found: 'The list of workloads in the namespace does not have it.',
  says: () => 'it does not exist',
  next: ({ commands }) => commands.make('monitor-up'),
  example: (at) => ({ part: example(at), details: null }),
};

/** Fewer replicas than rendered. */
interface Scaled {
  readonly replicas: number;
  readonly rendered: number;
}

export const SCALED_DOWN: Cause<Scaled> = {
  id: 'scaled-down',
  section: 'start',
  title: 'A workload is scaled down',
  meaning: 'The number of replicas was changed in the cluster. With zero replicas the program does not run.',
  found: 'spec.replicas is lower than what is rendered.',
  says: ({ replicas, rendered }) =>
    replicas === 0 ? 'it is scaled to zero' : `it is scaled to ${replicas} of ${rendered}`,
  next: ({ commands }, { rendered }) => `${commands.make('monitor-up')}, which scales it back to ${rendered}`,
  example: (at) => ({ part: example(at), details: { replicas: 0, rendered: 1 } }),
};

/** The event that says why no pod is created. */
interface Refused {
  readonly message: string;
}
const refused = ({ message }: Refused) => `pods cannot be created: ${message}`;

export const QUOTA: Cause<Refused> = {
  id: 'quota-exceeded',
  section: 'start',
  title: 'A ResourceQuota is used up',
  meaning: 'The namespace has a ResourceQuota, and the pods of the stack need more than is left of it.',
  found: 'A FailedCreate event of the workload says "exceeded quota".',
  says: refused,
  next: () => 'raise the ResourceQuota of the namespace, or lower resources in the environment file',
  example: (at) => ({
    part: example(at),
    details: {
      message:
        'pods "jaeger-6c9" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
    },
  }),
};

export const LIMIT_RANGE: Cause<Refused> = {
  id: 'limit-range',
  section: 'start',
  title: 'A LimitRange does not allow the resources',
  meaning: 'The namespace has a LimitRange, and a container of the stack asks for more or less than it allows.',
  found: 'A FailedCreate event of the workload says which minimum or maximum the container violates.',
  says: refused,
  next: ({ commands: { kubectl }, places: { namespace } }) =>
    `${kubectl(`-n ${namespace} get limitrange -o yaml`)}; change it, or resources in the environment file`,
  example: (at) => ({
    part: example(at),
    details: { message: 'maximum memory usage per Container is 64Mi, but limit is 512Mi' },
  }),
};

export const ADMISSION: Cause<Refused> = {
  id: 'admission-denied',
  section: 'start',
  title: 'Admission rejects the pods',
  meaning:
    'The namespace enforces the restricted Pod Security level, or a policy engine or webhook of the cluster rejects the pod. What is rendered passes `restricted`, so a change in the cluster or a patch is the usual reason.',
  found: 'A FailedCreate event of the workload has the message of the admission.',
  says: refused,
  next: ({ commands }) =>
    `undo the change that the message names; ${commands.make('monitor-up')} restores what is rendered`,
  example: (at) => ({
    part: example(at),
    details: {
      message: 'pods "jaeger-6c9" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
    },
  }),
};

export const PODS_MISSING: Cause<{ readonly count: number }> = {
  id: 'pods-missing',
  section: 'start',
  title: 'Pods have not been created yet',
  meaning: 'The controllers of the cluster have not created all pods, and no event says why. Usually this passes.',
  found: 'The workload has fewer pods than replicas.',
  says: ({ count }) => `only ${count} pods exist`,
  next: ({ commands }) => waitAgain(commands),
  example: (at) => ({ part: example(at), details: { count: 0 } }),
};

export const ROLLOUT: Cause<null> = {
  id: 'rollout',
  section: 'start',
  title: 'A new version is being rolled out',
  meaning: 'The workload has changed, and its pods are being replaced. This is not a mistake.',
  found: 'All pods are ready, but not all are of the newest version.',
  says: () => 'a new version is being rolled out',
  next: ({ commands }) => waitAgain(commands),
  example: (at) => ({ part: example(at), details: null }),
};

export const WORKLOAD_CAUSES: readonly AnyCause[] = [
  entryOf(WORKLOAD_MISSING),
  entryOf(SCALED_DOWN),
  entryOf(QUOTA),
  entryOf(LIMIT_RANGE),
  entryOf(ADMISSION),
  entryOf(PODS_MISSING),
  entryOf(ROLLOUT),
];
