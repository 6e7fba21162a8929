/**
 * What the API server refuses to change in an object that exists. From the validation of Kubernetes 1.34 (pkg/apis/.../validation); each
 * rule is confirmed on a real API server by `__tests__/lab/verbs/impact.lab.ts`.
 */
import { claimsOf } from './claims';
import { amountOf } from './quantity';
import { at, type Difference, differencesOf, type Pair, same, treeAt } from './tree';

/** How a refused change can be made. */
export type Remedy =
  /** Delete the object, which holds no data, and apply it again. Its pods stop meanwhile. */
  | 'recreate'
  /** Delete the StatefulSet without its pods (`--cascade=orphan`), and apply it again: its pods run on. */
  | 'orphan'
  /** Only by a new claim: the data would be lost. */
  | 'new claim';

/** A change that the API server refuses. */
export interface Refusal extends Pair {
  /** The fields that cannot be changed. */
  readonly fields: readonly Difference[];
  readonly remedy: Remedy;
}

interface Rule {
  /** The part of the object that is compared. */
  readonly part: (object: Pair['after']) => unknown;
  readonly path: string;
  readonly remedy: Remedy;
}

const field = (path: string, remedy: Remedy): Rule => ({
  path,
  remedy,
  part: (object) => at(object, ...path.split('.')),
});

/** The part of a map without some of its keys. */
const without = (map: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));

/** Fields of a StatefulSet that can be changed: pkg/apis/apps/validation, ValidateStatefulSetUpdate. */
const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

/** Fields of a Job that cannot be changed: pkg/apis/batch/validation, ValidateJobSpecUpdate. */
const OF_JOB = ['selector', 'completions', 'completionMode', 'template', 'podFailurePolicy', 'backoffLimitPerIndex'];

/** Fields of a claim that cannot be changed: pkg/apis/core/validation, ValidatePersistentVolumeClaimUpdate. */
const OF_CLAIM = [
  'accessModes',
  'selector',
  'storageClassName',
  'volumeName',
  'volumeMode',
  'dataSource',
  'dataSourceRef',
];

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  Deployment: [field('spec.selector', 'recreate')],
  DaemonSet: [field('spec.selector', 'recreate')],
  StatefulSet: [
    field('spec.selector', 'recreate'),
    {
      path: 'spec',
      remedy: 'orphan',
      part: ({ spec }) => without(treeAt(spec), [...CHANGEABLE, 'selector']),
    },
  ],
  Job: OF_JOB.map((name) => field(`spec.${name}`, 'recreate')),
  RoleBinding: [field('roleRef', 'recreate')],
  ClusterRoleBinding: [field('roleRef', 'recreate')],
  PriorityClass: [field('value', 'recreate'), field('preemptionPolicy', 'recreate')],
  PersistentVolumeClaim: OF_CLAIM.map((name) => field(`spec.${name}`, 'new claim')),
};

/** What the API server refuses of one changed object; null: nothing. */
export function refusalOf(pair: Pair): Refusal | null {
  const { kind } = pair.after;
  const found = (RULES[kind] ?? []).flatMap(({ part, path, remedy }) => {
    const fields = differencesOf(part(pair.before), part(pair.after), path);
    return fields.length === 0 ? [] : [{ fields, remedy }];
  });
  const special = [...shrunkClaim(pair), ...otherClaims(pair), ...clusterAddress(pair), ...immutableData(pair)];
  const all = [...found, ...special];
  const remedy = REMEDIES.find((name) => all.some((entry) => entry.remedy === name));
  return remedy === undefined ? null : { ...pair, remedy, fields: all.flatMap(({ fields }) => fields) };
}

/** The remedies, that which costs most first: it does what the others do too. */
const REMEDIES: readonly Remedy[] = ['new claim', 'recreate', 'orphan'];

type Found = Pick<Refusal, 'fields' | 'remedy'>;

/** A claim may grow, where its StorageClass allows it, and never shrink. */
function shrunkClaim({ before, after }: Pair): readonly Found[] {
  if (after.kind !== 'PersistentVolumeClaim') return [];
  const sizes = [before, after].map(({ spec }) => at(spec, 'resources', 'requests', 'storage'));
  const [old, next] = sizes.map((size) => (size === undefined ? 0 : amountOf(String(size))));
  if ((next ?? 0) >= (old ?? 0)) return [];
  const path = 'spec.resources.requests.storage';
  return [{ remedy: 'new claim', fields: [{ path, before: sizes[0], after: sizes[1] }] }];
}

/**
 * A template whose claims would be of another kind. The StatefulSet's own rule names the fields. A template that shrinks is no such case:
 * the claims that exist keep their size.
 */
function otherClaims({ before, after }: Pair): readonly Found[] {
  if (after.kind !== 'StatefulSet') return [];
  const old = new Map(claimsOf([before]).map((claim) => [claim.key, claim]));
  const isOther = claimsOf([after]).some(({ key, className, accessModes }) => {
    const claim = old.get(key);
    return claim !== undefined && !same([claim.className, claim.accessModes], [className, accessModes]);
  });
  return isOther ? [{ remedy: 'new claim', fields: [] }] : [];
}

/** The address of a Service is given once. A headless one that is rendered without `None` stays headless: that is accepted. */
function clusterAddress({ before, after }: Pair): readonly Found[] {
  if (after.kind !== 'Service') return [];
  const [old, next] = [before, after].map(({ spec }) => at(spec, 'clusterIP'));
  if (next === undefined || same(old, next)) return [];
  return [{ remedy: 'recreate', fields: [{ path: 'spec.clusterIP', before: old, after: next }] }];
}

/** The data of a ConfigMap or a Secret with `immutable: true`. */
function immutableData({ before, after }: Pair): readonly Found[] {
  if (at(before, 'immutable') !== true) return [];
  const fields = ['immutable', 'data', 'binaryData', 'stringData'].flatMap((key) =>
    same(at(before, key), at(after, key)) ? [] : [{ path: key, before: undefined, after: undefined }],
  );
  return fields.length === 0 ? [] : [{ remedy: 'recreate', fields }];
}
