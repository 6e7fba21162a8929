import type { ApiObject } from 'cdk8s';
import { configHash } from './config-file';
import { inContainer, type TextPart } from './env-text';
import type { Image } from './image';
import type { k8s } from './k8s';
import { type Identity, podLabels, selectorLabels } from './labels';
import type { Mount } from './mount';
import { type Placement, spreadConstraints } from './placement';
import { CONTAINER_SECURITY, podSecurity, requirements } from './pod-security';
import type { Resources } from './resources';
import type { SecretKey } from './secret-key';

/** Annotation on the pod template that changes with the configuration. */
export const CONFIG_HASH = 'checksum/config';

/** A step that runs in the component's own image before the program starts. */
export interface InitStep {
  readonly name: string;
  readonly command: readonly string[];
  readonly mounts: readonly Mount[];
}

/** A pod with one program. */
export interface PodProps {
  /** Name of the container and of the ServiceAccount. */
  readonly name: string;
  readonly identity: Identity;
  readonly placement: Placement;
  readonly image: Image;
  /** Pods of this kind. @default 1 */
  readonly replicas?: number;
  readonly args: readonly TextPart[];
  /** Environment variables with literal values. @default - none */
  readonly env?: Readonly<Record<string, TextPart>>;
  /** Environment variables from Secrets, for programs that read no file. @default - none */
  readonly secretEnv?: Readonly<Record<string, SecretKey>>;
  /** User and group id of the program, as its image has it. */
  readonly user: number;
  readonly resources: Resources;
  readonly mounts: readonly Mount[];
  /** @default - none */
  readonly initSteps?: readonly InitStep[];
  /** ConfigMaps that the program reads only at its start. @default - none: it reloads what changes by itself */
  readonly restartOn?: readonly ApiObject[];
  /** How long the program may take to stop, in seconds. */
  readonly stopSeconds: number;
}

/** The template of a pod: labels, user, volumes, and its containers. */
export function podTemplate(
  props: PodProps,
  main: k8s.Container,
  restartPolicy?: 'OnFailure',
): k8s.PodTemplateSpec & { readonly spec: k8s.PodSpec } {
  const { placement, replicas = 1, restartOn = [], initSteps = [] } = props;
  const spread = spreadConstraints(placement, replicas, selectorLabels(props.identity));
  return {
    metadata: {
      labels: podLabels(props.identity, props.image.version),
      ...(restartOn.length > 0 && { annotations: { [CONFIG_HASH]: configHash(restartOn) } }),
    },
    spec: {
      serviceAccountName: props.name,
      automountServiceAccountToken: false,
      // A Service named jaeger would put JAEGER_PORT=tcp://… into every pod, and programs read that as their setting.
      enableServiceLinks: false,
      securityContext: podSecurity(placement.platform.namesUsers ? props.user : null),
      terminationGracePeriodSeconds: props.stopSeconds,
      ...(restartPolicy !== undefined && { restartPolicy }),
      ...(placement.priorityClassName !== null && { priorityClassName: placement.priorityClassName }),
      ...(spread.length > 0 && { topologySpreadConstraints: spread }),
      ...(initSteps.length > 0 && { initContainers: initSteps.map((step) => initContainer(step, props)) }),
      containers: [main],
      volumes: volumesOf([...props.mounts, ...initSteps.flatMap((step) => step.mounts)]),
    },
  };
}

/** The program's container, without ports and probes. */
export const mainContainer = (props: PodProps): k8s.Container => ({
  name: props.name,
  image: props.image.reference,
  imagePullPolicy: 'IfNotPresent',
  args: props.args.map(inContainer),
  env: environment(props),
  resources: requirements(props.resources, props.placement.platform),
  securityContext: CONTAINER_SECURITY,
  volumeMounts: volumeMounts(props.mounts),
});

function environment({ replicas = 1, env = {}, secretEnv = {} }: PodProps): k8s.EnvVar[] {
  return [
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    ...(replicas > 1 ? [{ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] : []),
    ...Object.entries(env).map(([name, value]) => ({ name, value: inContainer(value) })),
    ...Object.entries(secretEnv).map(([name, secretKeyRef]) => ({ name, valueFrom: { secretKeyRef } })),
  ];
}

function initContainer(step: InitStep, props: PodProps): k8s.Container {
  const resources = { cpu: '10m', memory: '64Mi', ephemeralStorage: '16Mi' };
  return {
    name: step.name,
    image: props.image.reference,
    imagePullPolicy: 'IfNotPresent',
    command: [...step.command],
    resources: requirements(resources, props.placement.platform),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumeMounts(step.mounts),
  };
}

/** Each volume once. Claims that each pod has of its own are volumes by their templates. */
function volumesOf(mounts: readonly Mount[]): k8s.Volume[] {
  const volumes = mounts.flatMap(({ name, source }) => (source === null ? [] : [[name, { name, ...source }] as const]));
  return [...new Map(volumes).values()];
}

const volumeMounts = (mounts: readonly Mount[]): k8s.VolumeMount[] =>
  mounts.map(({ name, path, readOnly }) => ({ name, mountPath: path, ...(readOnly && { readOnly }) }));
