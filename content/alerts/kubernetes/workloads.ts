import { make, status } from '../../runbooks/checks';
import type { WriteRunbook } from '../../runbooks/runbook';
import type { AlertContext, AlertDefinition, AlertGroup } from '../alert';
import { always } from '../test-series';
import { inOurs } from './scope';

/** A kind of workload, with the gauges of its desired and available pods. */
interface Kind {
  readonly alert: string;
  readonly kind: string;
  readonly label: string;
  readonly wanted: string;
  readonly available: string;
}

const KINDS: readonly Kind[] = [
  {
    alert: 'KubeDeploymentPodsMissing',
    kind: 'Deployment',
    label: 'deployment',
    wanted: 'kube_deployment_spec_replicas',
    available: 'kube_deployment_status_replicas_available',
  },
  {
    alert: 'KubeStatefulSetPodsMissing',
    kind: 'StatefulSet',
    label: 'statefulset',
    wanted: 'kube_statefulset_replicas',
    available: 'kube_statefulset_status_replicas_available',
  },
  {
    alert: 'KubeDaemonSetPodsMissing',
    kind: 'DaemonSet',
    label: 'daemonset',
    wanted: 'kube_daemonset_status_desired_number_scheduled',
    available: 'kube_daemonset_status_number_available',
  },
];

const namespaced = ({ config }: AlertContext, label: string) => `{namespace="${config.namespace}",${label}="a"}`;

const ROLLOUT = {
  look: 'How far it is. NAMESPACE is a label of the alert.',
  command: 'kubectl get deployments,statefulsets,daemonsets -n NAMESPACE',
};
const EVENTS = {
  look: 'What has happened, the newest last.',
  command: 'kubectl get events -n NAMESPACE --sort-by=.lastTimestamp',
};

const missing = ({ alert, kind, label, wanted, available }: Kind): AlertDefinition => ({
  name: alert,
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, ${label}) (${wanted}{${inOurs(context)}}) - max by (namespace, ${label}) (${available}{${inOurs(context)}}) > 0`,
      summary: `${kind} {{ $labels.namespace }}/{{ $labels.${label} }} lacks {{ $value }} pods`,
      description: `For ${context.lasts} it has had fewer ready pods than it wants.`,
    },
  ],
  runbook: (at) => ({
    meaning: `Pods of the ${kind} are missing, or not ready.`,
    impact: 'The others carry the load. If none is left, the service is down.',
    check: [status(at), ROLLOUT, EVENTS],
    mend: [
      'If there are pods that are not ready: see the runbook KubePodNotReady.',
      `If there are none, the events say why they cannot be created: a quota, a Pod Security level, a missing ServiceAccount. \`${make(at, 'monitor-up')}\` renders what is ours.`,
    ],
  }),
  test: (_, context) => {
    const pods = (count: number) => ({
      [wanted + namespaced(context, label)]: always(2),
      [available + namespaced(context, label)]: always(count),
    });
    return { fires: pods(1), quiet: pods(2) };
  },
});

const stuck: WriteRunbook = (at) => ({
  meaning: 'New pods of a change do not become ready, so the rollout waits.',
  impact: 'Old pods go on, with the old version or configuration. With a Deployment of one pod nothing may be running.',
  check: [status(at), ROLLOUT, EVENTS],
  mend: [
    'Fix the new pods: see the runbooks KubePodNotReady, KubePodCrashLooping and KubeContainerWaiting.',
    `Or go back: \`git checkout\` the last good environment file, then \`${make(at, 'monitor-up')}\`.`,
  ],
});

const deploymentStuck: AlertDefinition = {
  name: 'KubeDeploymentStuck',
  owner: 'platform',
  severity: 'warning',
  for: '5m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, deployment) (kube_deployment_status_condition{condition="Progressing",status="false",${inOurs(context)}}) == 1`,
      summary: 'The rollout of {{ $labels.namespace }}/{{ $labels.deployment }} is stuck',
      description: 'It has made no progress within its deadline.',
    },
  ],
  runbook: stuck,
  test: (_, { config }) => {
    const name = `kube_deployment_status_condition{namespace="${config.namespace}",deployment="a",condition="Progressing",status="false"}`;
    return { fires: { [name]: always(1) }, quiet: { [name]: always(0) } };
  },
};

const statefulSetStuck: AlertDefinition = {
  name: 'KubeStatefulSetStuck',
  owner: 'platform',
  severity: 'warning',
  for: '30m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, statefulset) (kube_statefulset_status_replicas{${inOurs(context)}}) - max by (namespace, statefulset) (kube_statefulset_status_replicas_updated{${inOurs(context)}}) > 0`,
      summary: 'The rollout of {{ $labels.namespace }}/{{ $labels.statefulset }} is stuck',
      description: `{{ $value }} of its pods have been old for ${context.lasts}.`,
    },
  ],
  runbook: stuck,
  test: (_, context) => {
    const updated = (count: number) => ({
      [`kube_statefulset_status_replicas${namespaced(context, 'statefulset')}`]: always(2),
      [`kube_statefulset_status_replicas_updated${namespaced(context, 'statefulset')}`]: always(count),
    });
    return { fires: updated(1), quiet: updated(2) };
  },
};

/** Alerts on rollouts. */
export const workloadAlerts: AlertGroup = {
  name: 'kubernetes-workloads',
  title: 'Kubernetes: workloads',
  alerts: [...KINDS.map(missing), deploymentStuck, statefulSetStuck],
};
