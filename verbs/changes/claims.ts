/** The PersistentVolumeClaims of a set of manifests: those that are rendered, and those that a StatefulSet creates from a template. */
import type { Manifest } from '../../stack/checks/manifest';
import { at, listAt, type Tree, titleOf, treeAt } from './tree';

/** A claim, or the claims that a StatefulSet creates from one template. */
export interface ClaimUse {
  /** `PersistentVolumeClaim/jaeger-data`, `StatefulSet/prometheus data`: the same before and after a change. */
  readonly key: string;
  readonly namespace: string;
  /** Names in the cluster. */
  readonly names: readonly string[];
  /** Name of the StatefulSet that creates them; null: an object of its own. */
  readonly statefulSet: string | null;
  /** Requested size, as `10Gi`; undefined: the manifest has none. */
  readonly size: string | undefined;
  /** StorageClass; undefined: the cluster's default. */
  readonly className: string | undefined;
  readonly accessModes: readonly string[];
  readonly labels: Tree;
  readonly annotations: Tree;
}

/** The claims of a set of manifests. */
export const claimsOf = (objects: readonly Manifest[]): readonly ClaimUse[] =>
  objects.flatMap((object) => {
    if (object.kind === 'PersistentVolumeClaim') return [rendered(object)];
    return object.kind === 'StatefulSet' ? fromTemplates(object) : [];
  });

function rendered(claim: Manifest): ClaimUse {
  const { name, namespace = '' } = claim.metadata;
  return { key: titleOf(claim), namespace, names: [name], statefulSet: null, ...requestOf(claim) };
}

function fromTemplates(set: Manifest): readonly ClaimUse[] {
  const { name, namespace = '' } = set.metadata;
  return listAt(set.spec, 'volumeClaimTemplates').map((template) => {
    const volume = String(at(template, 'metadata', 'name'));
    const names = ordinalsOf(set).map((ordinal) => `${volume}-${name}-${ordinal}`);
    return {
      key: `${titleOf(set)} ${volume}`,
      namespace,
      names,
      statefulSet: name,
      ...requestOf(template),
    };
  });
}

/** The ordinals of a StatefulSet's pods. */
function ordinalsOf({ spec }: Manifest): readonly number[] {
  const [replicas, start] = [at(spec, 'replicas') ?? 1, at(spec, 'ordinals', 'start') ?? 0].map(Number);
  return Array.from({ length: replicas ?? 1 }, (_, index) => (start ?? 0) + index);
}

/** What a claim or a template asks for. */
function requestOf(claim: unknown): Pick<ClaimUse, 'size' | 'className' | 'accessModes' | 'labels' | 'annotations'> {
  const { storage } = treeAt(claim, 'spec', 'resources', 'requests');
  const className = at(claim, 'spec', 'storageClassName');
  return {
    size: storage === undefined ? undefined : String(storage),
    className: typeof className === 'string' ? className : undefined,
    accessModes: listAt(claim, 'spec', 'accessModes').map(String),
    labels: treeAt(claim, 'metadata', 'labels'),
    annotations: treeAt(claim, 'metadata', 'annotations'),
  };
}

/** Names of the claims that a workload's pods mount, with the folder of each in a container; a template's volume by its own name. */
export function mountsOf(workload: Manifest): ReadonlyMap<string, string> {
  const pod = treeAt(workload.spec, 'template', 'spec');
  const claims = new Map(
    listAt(pod, 'volumes').flatMap((volume) => {
      const claim = at(volume, 'persistentVolumeClaim', 'claimName');
      return typeof claim === 'string' ? [[String(at(volume, 'name')), claim] as const] : [];
    }),
  );
  for (const template of listAt(workload.spec, 'volumeClaimTemplates')) {
    const name = String(at(template, 'metadata', 'name'));
    claims.set(name, name);
  }
  return new Map(
    listAt(pod, 'containers').flatMap((container) =>
      listAt(container, 'volumeMounts').flatMap((mount) => {
        const claim = claims.get(String(at(mount, 'name')));
        const [path, below] = [at(mount, 'mountPath'), at(mount, 'subPath')];
        return claim === undefined ? [] : [[claim, [path, below].filter(Boolean).join(':')] as const];
      }),
    ),
  );
}
