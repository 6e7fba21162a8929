/**
 * A pod with one program. Charts record the volumes, variables and connections where they use them; the pod template is rendered from these
 * records.
 */
import type { ApiObject } from 'cdk8s';
import { type EnvText, env, type TextPart } from './env-text';
import type { Image } from './image';
import { type Identity, podLabels } from './labels';
import { API_TOKEN, ConfigFolder, type Mount, secretMount } from './mount';
import { connectOutside, type OutsideHost } from './outside';
import type { ApiServer, ComponentParty, Graph } from './parties';
import type { Placement } from './placement';
import type { Resources } from './resources';
import type { SecretKey } from './secret-key';

/** An init container, which runs before the program starts. */
export interface InitStep {
  readonly name: string;
  readonly command: readonly string[];
  readonly mounts: readonly Mount[];
  /** @default - the program's image */
  readonly image?: Image;
  /** Its memory, as `64Mi`. @default '64Mi' */
  readonly memory?: string;
}

/** A second program in the pod, which runs as long as the first (https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/). */
export interface Sidecar {
  readonly name: string;
  readonly image: Image;
  readonly args: readonly string[];
  readonly mounts: readonly Mount[];
  readonly resources: Resources;
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
  /** Labels of a pod on whose node it must run, because they mount the same claim. @default - any node */
  readonly beside?: Readonly<Record<string, string>>;
  /** The command, where it is not the image's own. @default - the image's */
  readonly command?: readonly string[];
}

/** What a pod has recorded. */
export interface Recorded {
  readonly args: readonly TextPart[];
  readonly env: ReadonlyMap<string, TextPart>;
  readonly secretEnv: ReadonlyMap<string, SecretKey>;
  readonly mounts: readonly Mount[];
  readonly initSteps: readonly InitStep[];
  readonly sidecars: readonly Sidecar[];
  /** ConfigMaps that the program reads only at its start. */
  readonly restartOn: readonly ApiObject[];
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
  readonly #sidecars: Sidecar[] = [];
  readonly #restartOn: ApiObject[] = [];

  constructor(readonly props: PodProps) {}

  /** Name of the container, the controller and the ServiceAccount. */
  get name(): string {
    return this.props.party.name;
  }

  /** Labels of the pod, and of its controller. */
  get labels(): Record<string, string> {
    return podLabels(this.props.identity, this.props.image.version);
  }

  /** The pod as an end of connections. */
  get party(): ComponentParty {
    return this.props.party;
  }

  /** What is recorded, for the pod template. */
  get recorded(): Recorded {
    return {
      args: this.#args,
      env: this.#env,
      secretEnv: this.#secretEnv,
      mounts: this.#mounts,
      initSteps: this.#initSteps,
      sidecars: this.#sidecars,
      restartOn: this.#restartOn,
    };
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

  /** Adds a second program. */
  sidecar(sidecar: Sidecar): void {
    this.#sidecars.push(sidecar);
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
}
