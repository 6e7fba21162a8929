import { IMAGES, type ImageKey } from '../../config/images';
import type { Manifest } from '../../stack/checks/manifest';
import type { ManifestSet } from './manifests';

/** The pods of the manifests, and the programs in them. */

/** The source of a volume's files. */
export type Source = {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { key: string; path: string }[];
  readonly optional?: boolean;
};

/** A volume of a pod, with the fields that matter here. */
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

/** A container, with the fields that matter here. */
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
  /** Names of a StatefulSet's volumeClaimTemplates. */
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

/** The containers of all pods. */
const programsOf = (set: ManifestSet): readonly ProgramPod[] =>
  podsOf(set).flatMap((pod) =>
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((container) => ({ pod, container })),
  );

/** The containers that run a command of their own instead of the image's program: scripts. */
export const runningScripts = (set: ManifestSet): readonly ProgramPod[] =>
  programsOf(set).filter(({ container }) => container.command !== undefined);

/** The containers of an image, by its key. */
export const containersOf = (set: ManifestSet, key: ImageKey): readonly ProgramPod[] =>
  programsOf(set).filter(({ container: { image } }) =>
    image.replace(/[@:][^/]*$/, '').endsWith(`/${IMAGES[key].repository}`),
  );

/** Those that run the image's program. */
export const runningImage = (set: ManifestSet, key: ImageKey): readonly ProgramPod[] =>
  containersOf(set, key).filter(({ container: { command } }) => command === undefined);
