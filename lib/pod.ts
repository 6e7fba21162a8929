/**
 * A pod with one program. Charts record the volumes, variables and connections where they use them; the pod template is rendered from these
 * records.
 */
import type { ApiObject } from 'cdk8s';
import { configHash } from './config-file';
import type { Endpoint } from './endpoint';
import { type EnvText, env, inContainer, type TextPart } from './env-text';
import type { Image } from './image';
import type { k8s } from './k8s';
import { type Identity, podLabels, selectorLabels } from './labels';
import { API_TOKEN, ConfigFolder, type Mount, secretMount } from './mount';
import { connectOutside, type OutsideHost } from './outside';
import type { ApiServer, ComponentParty, Graph } from './parties';
import { type Placement, spreadConstraints } from './placement';
import { CONTAINER_SECURITY, podSecurity, requirements } from './pod-security';
import type { Resources } from './resources';
import type { SecretKey } from './secret-key';

/** Annotation on the pod template that changes with the configuration. */
export const CONFIG_HASH = 'checksum/config';

/** An init container that runs in the program's image before the program starts. */
export interface InitStep {
  readonly name: string;
  readonly command: readonly string[];
  readonly mounts: readonly Mount[];
}

/** The properties of a pod that are known from the start. */
export interface PodProps {
  /** The graph that its connections are recorded in. */
  readonly graph: Graph;
  /** The pod as an end of connections. Its name is that of the container, the ServiceAccount and the controller. */
  readonly party: ComponentParty;
  readonly identity: Identity;
  readonly placement: Placement;
  readonly image: Image;
  /** Pods of this kind. @default 1 */
  readonly replicas?: number;
  /** User and group id of the program, as its image has it. */
  readonly user: number;
  readonly resources: Resources;
  /** How long the program may take to stop, in seconds. */
  readonly stopSeconds: number;
}

/**
 * A pod with one program.
 *
 * @example
 * const pod = new Pod({ graph, party, identity, placement, image, user: 10001, resources, stopSeconds: 30 });
 * const config = pod.configFolder('config', '/etc/shop');
 * config.add(addConfigFiles(this, 'shop-config', { 'shop.yaml': toYaml({ database: { passwordFile: pod.secretFile(…) } }) }));
 * new Workload(this, 'workload', pod, { ports: [http], probes });
 */
export class Pod {
  readonly #args: TextPart[] = [];
  readonly #env = new Map<string, TextPart>();
  readonly #secretEnv = new Map<string, SecretKey>();
  readonly #mounts: Mount[] = [];
  readonly #initSteps: InitStep[] = [];
  readonly #restartOn: ApiObject[] = [];

  constructor(readonly props: PodProps) {}

  /** Name of the container, the controller and the ServiceAccount. */
  get name(): string {
    return this.props.party.name;
  }

  /** The pod as an end of connections. */
  get party(): ComponentParty {
    return this.props.party;
  }

  get replicas(): number {
    return this.props.replicas ?? 1;
  }

  /** All mounts, in the order in which they were added. */
  get mounts(): readonly Mount[] {
    return this.#mounts;
  }

  /** Adds arguments of the program. */
  args(...args: readonly TextPart[]): void {
    this.#args.push(...args);
  }

  /** Sets an environment variable. */
  env(name: string, value: TextPart): void {
    this.#env.set(name, value);
  }

  /** Sets an environment variable from a Secret, for a program that cannot read a file. @returns a reference to it */
  secretEnv(name: string, secret: SecretKey): EnvText {
    this.#secretEnv.set(name, secret);
    return env(name);
  }

  /**
   * Mounts one key of a Secret as a file, in a folder of its own.
   * @param folder the folder above it
   * @param name name of the volume and of the folder, unique in the pod
   * @returns the path of the file
   */
  secretFile(folder: string, name: string, { name: secretName, key }: SecretKey): string {
    const path = `${folder}/${name}`;
    this.mount(secretMount(name, path, secretName, [key]));
    return `${path}/${key}`;
  }

  /** Mounts a volume. A volume that is mounted twice is added once. */
  mount(mount: Mount): Mount {
    if (!this.#mounts.some(({ name, path }) => name === mount.name && path === mount.path)) this.#mounts.push(mount);
    return mount;
  }

  /**
   * Mounts a folder of files from ConfigMaps. The ConfigMaps can be added later.
   * @param name name of the volume
   */
  configFolder(name: string, path: string): ConfigFolder {
    const folder = new ConfigFolder(name, path, (configMap) => this.#restartOn.push(configMap));
    this.#mounts.push(folder.mount);
    return folder;
  }

  /** Adds an init container. */
  initStep(step: InitStep): void {
    this.#initSteps.push(step);
  }

  /** Records that the pod connects to a port of the stack. @returns its address, `host:port` */
  connect(endpoint: Endpoint, purpose: string): string {
    return endpoint.addressFor(this.party, purpose);
  }

  /** Records that the pod connects to a host outside the stack. */
  connectOutside(host: OutsideHost, purpose: string): void {
    connectOutside(this.props.graph, this.party, host, purpose);
  }

  /** Gives the pod a token for the API server, and lets it connect there. */
  useApiServer(apiServer: ApiServer): void {
    this.mount(API_TOKEN);
    for (const port of apiServer.ports)
      this.props.graph.connect({
        client: this.party,
        server: apiServer.party,
        port,
        protocol: 'TCP',
        purpose: 'discovery',
      });
  }

  /** The template: labels, user, volumes, and its containers. */
  template(main: k8s.Container, restartPolicy?: 'OnFailure'): k8s.PodTemplateSpec & { readonly spec: k8s.PodSpec } {
    const { placement, identity, image, user, stopSeconds } = this.props;
    const spread = spreadConstraints(placement, this.replicas, selectorLabels(identity));
    const steps = this.#initSteps;
    return {
      metadata: {
        labels: podLabels(identity, image.version),
        ...(this.#restartOn.length > 0 && { annotations: { [CONFIG_HASH]: configHash(this.#restartOn) } }),
      },
      spec: {
        serviceAccountName: this.name,
        automountServiceAccountToken: false,
        // Otherwise a Service named jaeger would put JAEGER_PORT=tcp://… into every pod, and programs would read it as a setting.
        enableServiceLinks: false,
        securityContext: podSecurity(placement.platform.namesUsers ? user : null),
        terminationGracePeriodSeconds: stopSeconds,
        ...(restartPolicy !== undefined && { restartPolicy }),
        ...(placement.priorityClassName !== null && { priorityClassName: placement.priorityClassName }),
        ...(spread.length > 0 && { topologySpreadConstraints: spread }),
        ...(steps.length > 0 && { initContainers: steps.map((step) => this.#initContainer(step)) }),
        containers: [main],
        volumes: volumesOf([...this.#mounts, ...steps.flatMap((step) => step.mounts)]),
      },
    };
  }

  /** The program's container, without ports and probes. */
  container(): k8s.Container {
    const { image, resources, placement } = this.props;
    return {
      name: this.name,
      image: image.reference,
      imagePullPolicy: 'IfNotPresent',
      args: this.#args.map(inContainer),
      env: this.#environment(),
      resources: requirements(resources, placement.platform),
      securityContext: CONTAINER_SECURITY,
      volumeMounts: volumeMounts(this.#mounts),
    };
  }

  #environment(): k8s.EnvVar[] {
    const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
    return [
      field('POD_IP', 'status.podIP'),
      ...(this.replicas > 1 ? [field('POD_NAME', 'metadata.name')] : []),
      ...[...this.#env].map(([name, value]) => ({ name, value: inContainer(value) })),
      ...[...this.#secretEnv].map(([name, secretKeyRef]) => ({ name, valueFrom: { secretKeyRef } })),
    ];
  }

  #initContainer(step: InitStep): k8s.Container {
    const { image, placement } = this.props;
    return {
      name: step.name,
      image: image.reference,
      imagePullPolicy: 'IfNotPresent',
      command: [...step.command],
      resources: requirements({ cpu: '10m', memory: '64Mi', ephemeralStorage: '16Mi' }, placement.platform),
      securityContext: CONTAINER_SECURITY,
      volumeMounts: volumeMounts(step.mounts),
    };
  }
}

/** Each volume once. Claims from a StatefulSet's templates are not listed here. */
function volumesOf(mounts: readonly Mount[]): k8s.Volume[] {
  const volumes = mounts.flatMap(({ name, source }) => (source === null ? [] : [[name, { name, ...source }] as const]));
  return [...new Map(volumes).values()];
}

const volumeMounts = (mounts: readonly Mount[]): k8s.VolumeMount[] =>
  mounts.map(({ name, path, readOnly }) => ({ name, mountPath: path, ...(readOnly && { readOnly }) }));
