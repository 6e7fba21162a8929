import { type ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Image } from '../config/images';
import type { Resources } from '../config/schema/common';
import { configHash } from './config-file';
import type { Endpoint } from './endpoint';
import { addObject, k8s } from './k8s';
import { type Identity, podLabels, selectorLabels } from './labels';
import type { Mount } from './mount';
import { CONTAINER_SECURITY, podSecurity, requirements } from './pod-security';
import { KUBELET } from './topology';

/** Annotation on the pod template that changes with the configuration. */
export const CONFIG_HASH = 'checksum/config';

/** How the kubelet asks a program over HTTP whether it runs. */
export interface Probes {
  readonly endpoint: Endpoint;
  /** Path that answers 200 once the program may get traffic. */
  readonly readyPath: string;
  /** Path that answers 200 while the program need not be restarted. */
  readonly livePath: string;
  /** How long a start may take, in seconds, before the program is restarted: replaying a log after a crash takes minutes. */
  readonly startSeconds: number;
}

/** A step that runs in the component's own image before the program starts. */
export interface InitStep {
  readonly name: string;
  readonly command: readonly string[];
  readonly mounts: readonly Mount[];
}

/** A component's pods, and how they are reached. */
export interface WorkloadProps {
  /** Name of the Deployment, the Service and the ServiceAccount. */
  readonly name: string;
  readonly identity: Identity;
  readonly image: Image;
  /** Ports of the Service. */
  readonly ports: readonly Endpoint[];
  readonly probes: Probes;
  readonly args: readonly string[];
  /** Environment variables with literal values. @default - none */
  readonly env?: Readonly<Record<string, string>>;
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

/**
 * One replica of a program with state on a claim: ServiceAccount, Deployment and Service.
 *
 * The strategy is Recreate, since the claim can be mounted by one node only, and two programs on one store corrupt it.
 */
export class Workload extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { name } = props;
    addObject(this, 'service-account', k8s.KubeServiceAccount, {
      metadata: { name },
      automountServiceAccountToken: false,
    });
    addObject(this, 'deployment', k8s.KubeDeployment, {
      metadata: { name, labels: this.#labels(props) },
      spec: {
        replicas: 1,
        revisionHistoryLimit: 3,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: selectorLabels(props.identity) },
        template: this.#podTemplate(props),
      },
    });
    addObject(this, 'service', k8s.KubeService, {
      metadata: { name, labels: this.#labels(props) },
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels(props.identity),
        ports: props.ports.map((endpoint) => ({
          name: endpoint.name,
          port: endpoint.port,
          targetPort: k8s.IntOrString.fromString(endpoint.name),
          protocol: 'TCP',
          appProtocol: endpoint.appProtocol,
        })),
      },
    });
  }

  #labels({ identity, image }: WorkloadProps): Record<string, string> {
    return { ...Chart.of(this).labels, ...podLabels(identity, image.version) };
  }

  #podTemplate(props: WorkloadProps): k8s.PodTemplateSpec {
    const { restartOn = [], initSteps = [] } = props;
    const mounts = [...props.mounts, ...initSteps.flatMap((step) => step.mounts)];
    const volumes = new Map(mounts.map(({ name, source }) => [name, { name, ...source }]));
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
        securityContext: podSecurity(props.user),
        terminationGracePeriodSeconds: props.stopSeconds,
        ...(initSteps.length > 0 && { initContainers: initSteps.map((step) => initContainer(step, props)) }),
        containers: [container(props)],
        volumes: [...volumes.values()],
      },
    };
  }
}

function container(props: WorkloadProps): k8s.Container {
  const { probes, env = {} } = props;
  const ports = [...new Map([...props.ports, probes.endpoint].map((endpoint) => [endpoint.port, endpoint])).values()];
  probes.endpoint.allow(KUBELET, 'probes');
  return {
    name: props.name,
    image: props.image.reference,
    imagePullPolicy: 'IfNotPresent',
    args: [...props.args],
    env: [
      { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ],
    ports: ports.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
    startupProbe: startup(probes),
    readinessProbe: { ...httpGet(probes, probes.readyPath), periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...httpGet(probes, probes.livePath), periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 4 },
    resources: requirements(props.resources),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumeMounts(props.mounts),
  };
}

/** Asked often: until it succeeds the pod gets no traffic, and with one replica nobody else takes it. */
const startup = (probes: Probes): k8s.Probe => ({
  ...httpGet(probes, probes.livePath),
  periodSeconds: 2,
  failureThreshold: Math.ceil(probes.startSeconds / 2),
});

const httpGet = ({ endpoint }: Probes, path: string): k8s.Probe => ({
  httpGet: { path, port: k8s.IntOrString.fromString(endpoint.name) },
});

function initContainer(step: InitStep, props: WorkloadProps): k8s.Container {
  return {
    name: step.name,
    image: props.image.reference,
    imagePullPolicy: 'IfNotPresent',
    command: [...step.command],
    resources: requirements({ cpu: '10m', memory: '64Mi', ephemeralStorage: '16Mi' }),
    securityContext: CONTAINER_SECURITY,
    volumeMounts: volumeMounts(step.mounts),
  };
}

const volumeMounts = (mounts: readonly Mount[]): k8s.VolumeMount[] =>
  mounts.map(({ name, path, readOnly }) => ({ name, mountPath: path, ...(readOnly && { readOnly }) }));
