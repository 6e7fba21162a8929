import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { type Endpoint, headlessName } from './endpoint';
import { addObject, k8s } from './k8s';
import { objectLabels, podLabels, selectorLabels } from './labels';
import type { ClaimEach, Mount } from './mount';
import { disruptionBudget } from './placement';
import { mainContainer, type PodProps, podTemplate } from './pod-template';
import { KUBELET } from './topology';

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

/** A Service whose name stands for every pod. */
export interface Headless {
  readonly ports: readonly Endpoint[];
  /** Whether pods are named before they are ready: those that must find each other to become ready. */
  readonly notReady: boolean;
}

/** A component's pods, and how they are reached. `name` is that of its controller, its Service and its ServiceAccount. */
export interface WorkloadProps extends PodProps {
  /** Ports of the Service. */
  readonly ports: readonly Endpoint[];
  /** @default - where each pod has a claim of its own: the same ports, of pods that are ready; else none */
  readonly headless?: Headless;
  /** Whether a client keeps to one pod, because two of them give different answers. @default false */
  readonly sticky?: boolean;
  readonly probes: Probes;
}

/**
 * A long-running program: ServiceAccount, controller and Service, and a disruption budget where there are two pods or more.
 *
 * One pod with a claim is a Deployment that is recreated, since the claim can be mounted by one node only, and two programs on
 * one store corrupt it. More pods with a claim each are a StatefulSet. Pods without a claim are a Deployment that is rolled.
 */
export class Workload extends Construct {
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    const { name, identity, replicas = 1 } = props;
    addObject(this, 'service-account', k8s.KubeServiceAccount, {
      metadata: { name },
      automountServiceAccountToken: false,
    });
    const claims = props.mounts.flatMap(claimEachOf);
    if (claims.length > 0) this.#statefulSet(props, claims);
    else this.#deployment(props);
    this.#service('service', props, name, props.ports, {
      type: 'ClusterIP',
      ...(props.sticky && { sessionAffinity: 'ClientIP' }),
    });
    const headless = props.headless ?? (claims.length > 0 ? { ports: props.ports, notReady: false } : undefined);
    if (headless !== undefined) {
      this.#service('headless', props, headlessName(name), headless.ports, {
        clusterIp: 'None',
        ...(headless.notReady && { publishNotReadyAddresses: true }),
      });
    }
    if (replicas > 1) {
      const spec = disruptionBudget(selectorLabels(identity));
      addObject(this, 'budget', k8s.KubePodDisruptionBudget, { metadata: { name, labels: this.#labels(props) }, spec });
    }
  }

  #labels({ identity, image }: WorkloadProps): Record<string, string> {
    return { ...Chart.of(this).labels, ...podLabels(identity, image.version) };
  }

  #deployment(props: WorkloadProps): void {
    const { replicas = 1 } = props;
    const recreate = props.mounts.some(({ source }) => source?.persistentVolumeClaim !== undefined);
    addObject(this, 'deployment', k8s.KubeDeployment, {
      metadata: { name: props.name, labels: this.#labels(props) },
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        strategy: recreate
          ? { type: 'Recreate' }
          : {
              type: 'RollingUpdate',
              rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
            },
        selector: { matchLabels: selectorLabels(props.identity) },
        template: podTemplate(props, container(props)),
      },
    });
  }

  /** The claims stay when pods or the StatefulSet go: what is in them is not to be lost by a scale-down. */
  #statefulSet(props: WorkloadProps, claims: readonly (ClaimEach & { readonly name: string })[]): void {
    addObject(this, 'stateful-set', k8s.KubeStatefulSet, {
      metadata: { name: props.name, labels: this.#labels(props) },
      spec: {
        replicas: props.replicas ?? 1,
        revisionHistoryLimit: 3,
        serviceName: headlessName(props.name),
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'RollingUpdate' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        selector: { matchLabels: selectorLabels(props.identity) },
        template: podTemplate(props, container(props)),
        volumeClaimTemplates: claims.map(({ name, size, className }) => ({
          metadata: { name, labels: { ...objectLabels(props.identity.instance), ...selectorLabels(props.identity) } },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(className !== null && { storageClassName: className }),
            resources: { requests: { storage: k8s.Quantity.fromString(size) } },
          },
        })),
      },
    });
  }

  #service(id: string, props: WorkloadProps, name: string, ports: readonly Endpoint[], spec: k8s.ServiceSpec): void {
    addObject(this, id, k8s.KubeService, {
      metadata: { name, labels: this.#labels(props) },
      spec: { ...spec, selector: selectorLabels(props.identity), ports: ports.map(servicePort) },
    });
  }
}

const claimEachOf = ({ name, claimEach }: Mount) => (claimEach === undefined ? [] : [{ name, ...claimEach }]);

const servicePort = ({ name, port, protocol = 'TCP', appProtocol }: Endpoint): k8s.ServicePort => ({
  name,
  port,
  targetPort: k8s.IntOrString.fromString(name),
  protocol,
  ...(appProtocol !== undefined && { appProtocol }),
});

function container(props: WorkloadProps): k8s.Container {
  const { probes, headless } = props;
  const opened = [...props.ports, ...(headless?.ports ?? []), probes.endpoint];
  const ports = [...new Map(opened.map((endpoint) => [endpoint.name, endpoint])).values()];
  probes.endpoint.allow(KUBELET, 'probes');
  return {
    ...mainContainer(props),
    ports: ports.map(({ name, port, protocol = 'TCP' }) => ({ name, containerPort: port, protocol })),
    startupProbe: startup(probes),
    readinessProbe: { ...httpGet(probes, probes.readyPath), periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { ...httpGet(probes, probes.livePath), periodSeconds: 15, timeoutSeconds: 5, failureThreshold: 4 },
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
