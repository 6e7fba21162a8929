import { make, query, status } from '../../runbooks/checks';
import type { AlertDefinition, AlertGroup } from '../alert';
import { allOf, always, changing } from '../test-series';
import { containerOf, DESCRIBE_POD, inOurs, PREVIOUS_LOG, podOf } from './scope';

const WAITING = 'kube_pod_container_status_waiting_reason';
const RESTARTS = 'kube_pod_container_status_restarts_total';

const crashLooping: AlertDefinition = {
  name: 'KubePodCrashLooping',
  owner: 'platform',
  severity: 'critical',
  for: '10m',
  rules: (_, context) => [
    {
      // Between two attempts the container runs for a moment, and is not in a waiting state.
      expr: `max by (namespace, pod, container) (max_over_time(${WAITING}{reason="CrashLoopBackOff",${inOurs(context)}}[10m])) == 1`,
      summary: '{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} ends again and again',
      description: 'Kubernetes waits longer before each new attempt, up to five minutes.',
    },
  ],
  runbook: (at) => ({
    meaning: 'The container starts, and ends soon after.',
    impact: 'The pod does nothing. If it is the only one of its kind, its service is down.',
    check: [status(at), DESCRIBE_POD, PREVIOUS_LOG],
    mend: [
      `An error in the configuration: undo the last change, then \`${make(at, 'monitor-up')}\`.`,
      'OOMKilled: raise the memory of the component in the environment file.',
      'Permission denied on its volume, or a lock of another pod: see that only one pod mounts the claim.',
    ],
  }),
  test: (_, context) => {
    const waiting = (reason: string) => ({ [`${WAITING}{${containerOf(context)},reason="${reason}"}`]: always(1) });
    return { fires: waiting('CrashLoopBackOff'), quiet: waiting('ContainerCreating') };
  },
};

const restartsOften: AlertDefinition = {
  name: 'KubeContainerRestarts',
  owner: 'platform',
  severity: 'warning',
  for: '1m',
  threshold: { value: 3, unit: 'restarts an hour', min: 1, max: 50 },
  rules: (threshold, context) => [
    {
      expr: `sum by (namespace, pod, container) (increase(${RESTARTS}{${inOurs(context)}}[1h])) > ${threshold}`,
      summary:
        '{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} has restarted {{ $value | humanize }} times',
      description: 'Within an hour. It runs for a while each time.',
    },
  ],
  runbook: () => ({
    meaning: 'The container ends, is killed for its memory, or does not answer its liveness probe.',
    impact: 'Its service has gaps of seconds to minutes.',
    check: [
      DESCRIBE_POD,
      PREVIOUS_LOG,
      query('Why containers have ended.', 'kube_pod_container_status_last_terminated_reason == 1'),
    ],
    mend: [
      'OOMKilled: raise its memory, or find the leak.',
      'Liveness probe failed: it has too little CPU, or hangs; the log before the end shows which.',
    ],
  }),
  test: (threshold, context) => {
    const restarts = (anHour: number) => ({ [`${RESTARTS}{${containerOf(context)}}`]: changing(0, anHour / 120) });
    return { fires: restarts(threshold * 1.2), quiet: restarts(threshold * 0.8) };
  },
};

const notReady: AlertDefinition = {
  name: 'KubePodNotReady',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, pod) (kube_pod_status_ready{condition="false",${inOurs(context)}}) == 1 unless on (namespace, pod) max by (namespace, pod) (kube_pod_status_phase{phase=~"Succeeded|Failed"}) == 1`,
      summary: '{{ $labels.namespace }}/{{ $labels.pod }} is not ready',
      description: `For ${context.lasts} it has got no requests.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'The pod is not scheduled, its image or volume is missing, or its readiness probe fails.',
    impact: 'It gets no requests. The other pods of its kind carry its load, if there are any.',
    check: [
      status(at),
      DESCRIBE_POD,
      { look: 'What it says.', command: 'kubectl logs -n NAMESPACE POD --all-containers --tail=100' },
    ],
    mend: [
      'FailedScheduling: no node has enough CPU or memory, or the volume is in another zone. Add a node, or lower `resources`.',
      'FailedMount: a Secret or ConfigMap is missing; the event names it.',
      'Readiness probe failed: the program waits for something. Prometheus replays its log for minutes after a start.',
    ],
  }),
  test: (_, context) => {
    const pod = podOf(context);
    const unready = { [`kube_pod_status_ready{${pod},condition="false"}`]: always(1) };
    const phase = (name: string) => ({ [`kube_pod_status_phase{${pod},phase="${name}"}`]: always(1) });
    return { fires: { ...unready, ...phase('Running') }, quiet: { ...unready, ...phase('Succeeded') } };
  },
};

const containerWaiting: AlertDefinition = {
  name: 'KubeContainerWaiting',
  owner: 'platform',
  severity: 'warning',
  for: '15m',
  rules: (_, context) => [
    {
      expr: `max by (namespace, pod, container, reason) (${WAITING}{reason!~"CrashLoopBackOff|PodInitializing",${inOurs(context)}}) == 1`,
      summary:
        '{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} does not start: {{ $labels.reason }}',
      description: `It has waited for ${context.lasts}.`,
    },
  ],
  runbook: (at) => ({
    meaning: 'Kubernetes cannot start the container. The label `reason` says what is missing.',
    impact: 'The pod does nothing.',
    check: [status(at), DESCRIBE_POD],
    mend: [
      'ImagePullBackOff, ErrImagePull: the image or its digest does not exist, the registry wants credentials, or the node has no way to it. See `images` in the environment file.',
      'CreateContainerConfigError: a Secret or a key of it is missing; the event names it.',
      'ContainerCreating: a volume is not mounted; the event says why.',
    ],
  }),
  test: (_, context) => {
    const waiting = (reason: string) => allOf([`${WAITING}{${containerOf(context)},reason="${reason}"}`], always(1));
    return { fires: waiting('ImagePullBackOff'), quiet: waiting('CrashLoopBackOff') };
  },
};

/** Alerts on pods of the stack and of Jan Server. */
export const podAlerts: AlertGroup = {
  name: 'kubernetes-pods',
  title: 'Kubernetes: pods',
  alerts: [crashLooping, restartsOften, notReady, containerWaiting],
};
