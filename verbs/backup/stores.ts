/** The claims whose data a backup has, found in the rendered objects. */
import { type CopiedProgram, PROGRAMS } from '../../charts/backup/collect';
import { podOfStatefulSet } from '../../lib/labels';
import type { Manifest } from '../../stack/checks/manifest';
import { controllersOf, type Expected } from '../expected';

/** A program whose data a backup has. */
export type Program = CopiedProgram;

/** A container of a rendered pod. */
export interface RenderedContainer {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly object[];
  readonly ports?: readonly object[];
  readonly resources?: { readonly limits?: Readonly<Record<string, string>> };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

/** The specification of a rendered pod, with the fields that a copy of it needs. */
export interface RenderedPod {
  readonly securityContext: object;
  readonly containers: readonly [RenderedContainer, ...RenderedContainer[]];
  readonly volumes?: readonly {
    readonly name: string;
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
  readonly nodeSelector?: object;
  readonly tolerations?: readonly object[];
  readonly imagePullSecrets?: readonly object[];
}

/** A claim with data, and the program that writes to it. */
export interface Store {
  /** Name of the claim. */
  readonly claim: string;
  readonly program: Program;
  /** The program's Deployment or StatefulSet, as `deployment/jaeger`. */
  readonly controller: string;
  /** Labels of the pods that mount the claim. */
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the volume, and where the program mounts it. */
  readonly volume: string;
  readonly path: string;
  readonly pod: RenderedPod;
  /** The claim of one pod of a StatefulSet, which exists only once that pod was started; null: the claim is rendered. */
  readonly template: Manifest | null;
}

interface ControllerSpec {
  readonly replicas?: number;
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: { readonly spec: RenderedPod };
  readonly volumeClaimTemplates?: readonly {
    readonly metadata: Manifest['metadata'];
    readonly spec: object;
  }[];
}

const NAME = 'app.kubernetes.io/name';

const isKept = (name: string | undefined): name is Program =>
  (PROGRAMS as readonly (string | undefined)[]).includes(name);

/** The stores of a stack, in the order of its objects. The Collector's queue is none: what it holds is on its way to Jaeger. */
export const storesOf = (expected: Expected): readonly Store[] =>
  controllersOf(expected).flatMap((manifest) => {
    const spec = manifest.spec as ControllerSpec;
    const program = spec.selector.matchLabels[NAME];
    return isKept(program)
      ? claimsOf(manifest, spec, expected.config.namespace).flatMap(inStore(manifest, spec, program))
      : [];
  });

type ClaimOf = Pick<Store, 'claim' | 'volume' | 'template' | 'labels'>;

const inStore =
  ({ kind, metadata: { name } }: Manifest, { selector, template: { spec: pod } }: ControllerSpec, program: Program) =>
  (claim: ClaimOf): readonly Store[] => {
    const mount = pod.containers[0].volumeMounts?.find((entry) => entry.name === claim.volume);
    if (mount === undefined) return [];
    const controller = `${kind.toLowerCase()}/${name}`;
    const labels = { ...selector.matchLabels, ...claim.labels };
    return [{ ...claim, program, controller, labels, path: mount.mountPath, pod }];
  };

/** The claims that a controller's pods mount: named ones, and those of a StatefulSet's templates. */
function claimsOf({ metadata: { name } }: Manifest, spec: ControllerSpec, namespace: string): readonly ClaimOf[] {
  const named = (spec.template.spec.volumes ?? []).flatMap(({ name: volume, persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined
      ? []
      : [{ claim: persistentVolumeClaim.claimName, volume, template: null, labels: {} }],
  );
  const templates = (spec.volumeClaimTemplates ?? []).flatMap(({ metadata, spec: claimSpec }) =>
    Array.from({ length: spec.replicas ?? 1 }, (_, index) => {
      const claim = `${metadata.name}-${name}-${index}`;
      const own = { ...metadata, name: claim, namespace };
      const template = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: own, spec: claimSpec };
      return { claim, volume: metadata.name, template, labels: podOfStatefulSet(name, index) };
    }),
  );
  return [...named, ...templates];
}
