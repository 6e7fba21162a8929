import { Construct } from 'constructs';
import { type Endpoint, headlessName } from './endpoint';
import { NEVER_PRUNED } from './gitops';
import { addObject, k8s } from './k8s';
import { objectLabels, selectorLabels } from './labels';
import type { ClaimEach, Mount } from './mount';
import { KUBELET } from './parties';
import { disruptionBudget } from './placement';
import type { Pod } from './pod';
import { mainContainer, podTemplate } from './pod-template';
import { LIVENESS, READINESS, startupWithin } from './probe-times';
import { addServiceAccount } from './service-account';

/** The HTTP probes of a program. */
export interface Probes {
  readonly endpoint: Endpoint;
  /** Path that answers 200 once the program may get traffic. */
  readonly readyPath: string;
  /** Path that answers 200 while the program need not be restarted. */
  readonly livePath: string;
  /** How long a start may take, in seconds, before the kubelet restarts the program: replaying a log after a crash takes minutes. */
  readonly startSeconds: number;
}

/** A headless Service: its name resolves to every pod. */
export interface Headless {
  readonly ports: readonly Endpoint[];
  /** Whether DNS includes pods that are not ready, for pods that must find each other to become ready. */
  readonly notReady: boolean;
}

/** How the pods of a program are reached. */
export interface WorkloadProps {
  /** Ports of the Service. */
  readonly ports: readonly Endpoint[];
  /** @default - for a StatefulSet: the same ports, of ready pods; otherwise none */
  readonly headless?: Headless;
  /** Whether a client always gets the same pod (session affinity), because two pods give different answers. @default false */
  readonly sticky?: boolean;
  readonly probes: Probes;
}

/**
 * A long-running program: ServiceAccount, controller and Service, all named as the pod's program, and a PodDisruptionBudget if there are
 * two pods or more.
 *
 * One pod with a claim is a Deployment with the strategy Recreate: only one node can mount the claim, and two programs would corrupt the
 * data. Several pods with a claim each are a StatefulSet. Pods without a claim are a Deployment with rolling updates.
 */
export class Workload extends Construct {
  readonly #pod: Pod;

  constructor(scope: Construct, id: string, pod: Pod, props: WorkloadProps) {
    super(scope, id);
    this.#pod = pod;
    const { name, replicas } = pod;
    addServiceAccount(this, name);
    const claims = pod.mounts.flatMap(claimEachOf);
    if (claims.length > 0) this.#statefulSet(props, claims);
    else this.#deployment(props);
    this.#service('service', name, props.ports, {
      type: 'ClusterIP',
      ...(props.sticky && { sessionAffinity: 'ClientIP' }),
    });
    const headless = props.headless ?? (claims.length > 0 ? { ports: props.ports, notReady: false } : undefined);
    if (headless !== undefined) {
      this.#service('headless', headlessName(name), headless.ports, {
        clusterIp: 'None',
        ...(headless.notReady && { publishNotReadyAddresses: true }),
      });
    }
    if (replicas > 1) {
      const spec = disruptionBudget(this.#selector);
      addObject(this, 'budget', k8s.KubePodDisruptionBudget, { metadata: { name, labels: this.#pod.labels }, spec });
    }
  }

  get #selector(): Record<string, string> {
    return selectorLabels(this.#pod.props.identity);
  }

  #deployment(props: WorkloadProps): void {
    const { name, replicas, mounts } = this.#pod;
    const recreate = mounts.some(({ source }) => source?.persistentVolumeClaim !== undefined);
    addObject(this, 'deployment', k8s.KubeDeployment, {
      metadata: { name, labels: this.#pod.labels },
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        strategy: recreate
          ? { type: 'Recreate' }
          : {
              type: 'RollingUpdate',
              rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
            },
        selector: { matchLabels: this.#selector },
        template: podTemplate(this.#pod, container(this.#pod, props)),
      },
    });
  }

  /** Claims are retained when pods or the StatefulSet are deleted, so that a scale-down loses no data. */
  #statefulSet(props: WorkloadProps, claims: readonly (ClaimEach & { readonly name: string })[]): void {
    const { name, replicas } = this.#pod;
    const { instance } = this.#pod.props.identity;
    addObject(this, 'stateful-set', k8s.KubeStatefulSet, {
      metadata: { name, labels: this.#pod.labels },
      spec: {
        replicas,
        revisionHistoryLimit: 3,
        serviceName: headlessName(name),
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'RollingUpdate' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        selector: { matchLabels: this.#selector },
        template: podTemplate(this.#pod, container(this.#pod, props)),
        volumeClaimTemplates: claims.map(({ name: claim, size, className }) => ({
          metadata: {
            name: claim,
            labels: { ...objectLabels(instance), ...this.#selector },
            annotations: NEVER_PRUNED,
          },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(className !== null && { storageClassName: className }),
            resources: { requests: { storage: k8s.Quantity.fromString(size) } },
          },
        })),
      },
    });
  }

  #service(id: string, name: string, ports: readonly Endpoint[], spec: k8s.ServiceSpec): void {
    addObject(this, id, k8s.KubeService, {
      metadata: { name, labels: this.#pod.labels },
      spec: { ...spec, selector: this.#selector, ports: ports.map(servicePort) },
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

function container(pod: Pod, { ports, probes, headless }: WorkloadProps): k8s.Container {
  const opened = [...ports, ...(headless?.ports ?? []), probes.endpoint];
  const byName = [...new Map(opened.map((endpoint) => [endpoint.name, endpoint])).values()];
  probes.endpoint.allow(KUBELET, 'probes');
  return {
    ...mainContainer(pod),
    ports: byName.map(({ name, port, protocol = 'TCP' }) => ({ name, containerPort: port, protocol })),
    startupProbe: startup(probes),
    readinessProbe: { ...httpGet(probes, probes.readyPath), ...READINESS },
    livenessProbe: { ...httpGet(probes, probes.livePath), ...LIVENESS },
  };
}

const startup = (probes: Probes): k8s.Probe => ({
  ...httpGet(probes, probes.livePath),
  ...startupWithin(probes.startSeconds),
});

const httpGet = ({ endpoint }: Probes, path: string): k8s.Probe => ({
  httpGet: { path, port: k8s.IntOrString.fromString(endpoint.name) },
});
