/** The pod template that Kubernetes gets for what a pod has recorded. */
import { configHash } from './config-file';
import { inContainer } from './env-text';
import type { k8s } from './k8s';
import { selectorLabels } from './labels';
import type { Mount } from './mount';
import { onNodeOf, spreadConstraints } from './placement';
import type { InitStep, Pod, Sidecar } from './pod';
import { CONTAINER_SECURITY, podSecurity, requirements } from './pod-security';

/** Annotation on the pod template that changes with the configuration. */
export const CONFIG_HASH = 'checksum/config';

/** The template of a pod: labels, user, volumes, and its containers. */
export function podTemplate(
  pod: Pod,
  main: k8s.Container,
  restartPolicy?: 'Never',
): k8s.PodTemplateSpec & { readonly spec: k8s.PodSpec } {
  const { initSteps: steps, sidecars, restartOn, mounts } = pod.recorded;
  const { placement, identity, user, stopSeconds, beside } = pod.props;
  const spread = spreadConstraints(placement, pod.replicas, selectorLabels(identity));
  const first = [
    ...steps.map((step) => initContainer(pod, step)),
    ...sidecars.map((one) => sidecarContainer(pod, one)),
  ];
  return {
    metadata: {
      labels: pod.labels,
      ...(restartOn.length > 0 && { annotations: { [CONFIG_HASH]: configHash(restartOn) } }),
    },
    spec: {
      serviceAccountName: pod.name,
      automountServiceAccountToken: false,
      // Otherwise a Service named jaeger would put JAEGER_PORT=tcp://… into every pod, and programs would read it as a setting.
      enableServiceLinks: false,
      securityContext: podSecurity(placement.platform.namesUsers ? user : null),
      terminationGracePeriodSeconds: stopSeconds,
      ...(restartPolicy !== undefined && { restartPolicy }),
      ...(placement.priorityClassName !== null && { priorityClassName: placement.priorityClassName }),
      ...(beside !== undefined && { affinity: onNodeOf(beside) }),
      ...(spread.length > 0 && { topologySpreadConstraints: spread }),
      ...(first.length > 0 && { initContainers: first }),
      containers: [main],
      volumes: volumesOf([...mounts, ...[...steps, ...sidecars].flatMap((one) => one.mounts)]),
    },
  };
}

/** The program's container, without ports and probes. */
export function mainContainer(pod: Pod): k8s.Container {
  const { image, resources, placement } = pod.props;
  return {
    name: pod.name,
    image: image.reference,
    imagePullPolicy: 'IfNotPresent',
    ...(pod.props.command !== undefined && { command: [...pod.props.command] }),
    args: pod.recorded.args.map(inContainer),
    env: environmentOf(pod),
    resources: requirements(resources, placement.platform),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumeMounts(pod.recorded.mounts),
  };
}

function environmentOf(pod: Pod): k8s.EnvVar[] {
  const { env, secretEnv } = pod.recorded;
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  return [
    field('POD_IP', 'status.podIP'),
    ...(pod.replicas > 1 ? [field('POD_NAME', 'metadata.name')] : []),
    ...[...env].map(([name, value]) => ({ name, value: inContainer(value) })),
    ...[...secretEnv].map(([name, secretKeyRef]) => ({ name, valueFrom: { secretKeyRef } })),
  ];
}

function initContainer(pod: Pod, step: InitStep): k8s.Container {
  const { image, placement } = pod.props;
  return {
    name: step.name,
    image: (step.image ?? image).reference,
    imagePullPolicy: 'IfNotPresent',
    command: [...step.command],
    resources: requirements(
      { cpu: '10m', memory: step.memory ?? '64Mi', ephemeralStorage: '16Mi' },
      placement.platform,
    ),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumeMounts(step.mounts),
  };
}

/** An init container that is restarted whenever it ends runs beside the program, and does not keep a Job from completing. */
function sidecarContainer({ props: { placement } }: Pod, sidecar: Sidecar): k8s.Container {
  const { name, image, args, resources, mounts } = sidecar;
  return {
    name,
    image: image.reference,
    imagePullPolicy: 'IfNotPresent',
    restartPolicy: 'Always',
    args: args.map(inContainer),
    resources: requirements(resources, placement.platform),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumeMounts(mounts),
  };
}

/** Each volume once. Claims from a StatefulSet's templates are not listed here. */
function volumesOf(mounts: readonly Mount[]): k8s.Volume[] {
  const volumes = mounts.flatMap(({ name, source }) => (source === null ? [] : [[name, { name, ...source }] as const]));
  return [...new Map(volumes).values()];
}

const volumeMounts = (mounts: readonly Mount[]): k8s.VolumeMount[] =>
  mounts.map(({ name, path, readOnly }) => ({ name, mountPath: path, ...(readOnly && { readOnly }) }));
