import { ApiObject, type App } from 'cdk8s';

/** A rendered object, with the fields that the checks use. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

/** A rendered pod, with the fields that the checks use. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
}

/** A rendered container, with the fields that the checks use. */
export interface Container {
  readonly name: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name?: string };
  readonly projected?: { readonly sources?: readonly { readonly configMap?: { readonly name?: string } }[] };
}

/** Every object of the Apps, as it will be written. */
export const manifestsOf = (apps: readonly App[]): Manifest[] =>
  renderedOf(apps.flatMap((app) => app.node.findAll()).filter((node) => ApiObject.isApiObject(node)));

/** Objects as they will be written. */
export const renderedOf = (objects: readonly ApiObject[]): Manifest[] =>
  objects.map((object) => object.toJson() as Manifest);

interface Template {
  readonly spec?: PodSpec;
}
interface Templates {
  readonly template?: Template;
  readonly jobTemplate?: { readonly spec?: { readonly template?: Template } };
}

/** The pod template of a workload; undefined for objects of other kinds. */
export const podOf = ({ spec }: Manifest): PodSpec | undefined => {
  const { template, jobTemplate } = (spec ?? {}) as Templates;
  return template?.spec ?? jobTemplate?.spec?.template?.spec;
};

/** Containers of a pod, init containers first. */
export const containersOf = ({ initContainers = [], containers }: PodSpec): readonly Container[] => [
  ...initContainers,
  ...containers,
];

/** Names of the ConfigMaps that a pod mounts. */
export const mountedConfigMaps = ({ volumes = [] }: PodSpec): Set<string> =>
  new Set(
    volumes
      .flatMap(({ configMap, projected }) => [
        configMap?.name,
        ...(projected?.sources ?? []).map((source) => source.configMap?.name),
      ])
      .filter((name) => name !== undefined),
  );
