/** The pods of the manifests, and the files and programs in them. */
import { join } from 'node:path';
import { parse } from 'yaml';
import { IMAGES, type ImageKey } from '../../config/images';
import type { Manifest } from '../../stack/checks/manifest';
import { type ManifestSet, ofKind } from './manifests';

/** Where a volume's files come from. */
type Source = {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { key: string; path: string }[];
  readonly optional?: boolean;
};

/** A volume of a pod, as far as files of ours are in it. */
export interface Volume {
  readonly name: string;
  readonly configMap?: Source;
  readonly secret?: Source;
  readonly projected?: {
    readonly sources: readonly {
      readonly configMap?: Source;
      readonly secret?: Source;
      readonly serviceAccountToken?: { path: string };
    }[];
  };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly emptyDir?: object;
}

/** A container, as far as it decides what its program reads. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: {
      readonly fieldRef?: { fieldPath: string };
      readonly secretKeyRef?: { name: string; key: string };
    };
  }[];
  readonly ports?: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly protocol?: 'TCP' | 'UDP';
  }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
  readonly livenessProbe?: object;
  readonly readinessProbe?: object;
  readonly startupProbe?: object;
}

/** The template of a workload's pods. */
export interface Pod {
  /** Kind and name of the workload. */
  readonly owner: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly Volume[];
    readonly [field: string]: unknown;
  };
  /** Names of the claims that a StatefulSet makes for each pod. */
  readonly claims: readonly string[];
}

/** Every pod template. */
export const podsOf = ({ objects }: ManifestSet): readonly Pod[] => objects.flatMap(podOf);

interface Workload {
  readonly template?: { readonly metadata?: { readonly labels?: Pod['labels'] }; readonly spec: Pod['spec'] };
  readonly jobTemplate?: { readonly spec: Workload };
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
}

function podOf({ kind, metadata, spec }: Manifest): Pod[] {
  const workload = (spec ?? {}) as Workload;
  const template = workload.template ?? workload.jobTemplate?.spec.template;
  if (template === undefined) return [];
  return [
    {
      owner: `${kind}/${metadata.name}`,
      name: metadata.name,
      namespace: metadata.namespace ?? 'default',
      labels: template.metadata?.labels ?? {},
      spec: template.spec,
      claims: (workload.volumeClaimTemplates ?? []).map(({ metadata: { name } }) => name),
    },
  ];
}

/** A container of one of our programs. */
export interface ProgramPod {
  readonly pod: Pod;
  readonly container: Container;
}

/** The containers that run an image, by its key. */
export const runningImage = (set: ManifestSet, key: ImageKey): readonly ProgramPod[] =>
  podsOf(set).flatMap((pod) =>
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
      .filter(({ image }) => image.replace(/[@:][^/]*$/, '').endsWith(`/${IMAGES[key].repository}`))
      .map((container) => ({ pod, container })),
  );

/** The files that a container sees of ConfigMaps: its path, to its text. */
export function filesOf(set: ManifestSet, { pod, container }: ProgramPod): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const volume = (pod.spec.volumes ?? []).find((entry) => entry.name === name);
    if (volume === undefined && !pod.claims.includes(name)) throw new Error(`${pod.owner} has no volume ${name}`);
    const sources = [volume?.configMap, ...(volume?.projected?.sources ?? []).map(({ configMap }) => configMap)];
    for (const source of sources) {
      for (const [path, text] of configMapFiles(set, pod, source)) {
        if (subPath === undefined) found.set(join(mountPath, path), text);
        else if (path === subPath) found.set(mountPath, text);
      }
    }
  }
  return found;
}

/** The ConfigMap that Kubernetes publishes into each namespace. */
export const CLUSTER_CA = 'kube-root-ca.crt';

function configMapFiles(set: ManifestSet, { namespace, owner }: Pod, source: Source | undefined): [string, string][] {
  if (source === undefined || source.name === CLUSTER_CA) return [];
  const found = ofKind(set, 'ConfigMap').find(
    ({ metadata }) => metadata.name === source.name && metadata.namespace === namespace,
  );
  if (found === undefined && source.optional === true) return [];
  if (found === undefined) throw new Error(`${owner} mounts ConfigMap ${source.name}, which does not exist`);
  const data = found.data ?? {};
  if (source.items === undefined) return Object.entries(data);
  return source.items.map(({ key, path }) => {
    const text = data[key];
    if (text === undefined)
      throw new Error(`${owner} mounts ${key} of ConfigMap ${source.name}, which has no such key`);
    return [path, text];
  });
}

/** The file that an option of a container's command names, parsed. @throws Error where it is not there */
export function configOf(
  set: ManifestSet,
  program: ProgramPod,
  option: string,
): { path: string; content: Record<string, unknown> } {
  const path = program.container.args?.find((argument) => argument.startsWith(`${option}=`))?.slice(option.length + 1);
  const text = path === undefined ? undefined : filesOf(set, program).get(path);
  if (path === undefined || text === undefined) throw new Error(`${program.pod.owner} has no file for ${option}`);
  return { path, content: parse(text) as Record<string, unknown> };
}
