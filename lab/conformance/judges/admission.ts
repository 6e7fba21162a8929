import type { Manifest } from '../../../stack/checks/manifest';

/** A real API server: it must accept every object without a warning, and every pod at the `restricted` level. */
import type { Kubectl } from '../api-server';
import { isForeign, type ManifestSet } from '../manifests';
import { type Pod, podsOf } from '../pods';
import type { Judgement, Ruling } from '../verdicts';

/** Several objects as a List for kubectl. */
export const listOf = (items: readonly object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** Kinds that must exist before the other objects are judged: Pod Security levels, priorities and permissions. */
const BASE = [
  'Namespace',
  'PriorityClass',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
];

/** Objects that stay on the server while an environment is judged. */
export function baseOf({ objects }: ManifestSet): readonly { readonly kind: string }[] {
  const namespaces = new Set(objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined));
  const base = objects
    .filter(({ kind }) => BASE.includes(kind))
    .sort((one, other) => BASE.indexOf(one.kind) - BASE.indexOf(other.kind));
  const rendered = base.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const others = [...namespaces].filter((name) => !rendered.includes(name));
  // The others are Jan Server's, which we never render.
  return [...others.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })), ...base];
}

/** Every object, and also every pod by itself. */
export async function judgeAdmission(set: ManifestSet, kubectl: Kubectl): Promise<Ruling> {
  const objects = set.objects.filter((object) => !isForeign(object));
  const notJudged = set.objects
    .filter(isForeign)
    .map(({ kind, metadata }) => `${kind}/${metadata.name}: the server does not serve it`);
  const judgements = await dryRun(kubectl, objects, (manifest) => `${manifest.kind}/${manifest.metadata.name}`);
  const pods = await dryRun(kubectl, podsOf(set).map(barePod), (pod) => `pod of ${pod.metadata.name}`);
  return { judgements: [...judgements, ...pods], notJudged };
}

/** A pod made from a template: for the template itself, the server only warns of a violation of the Pod Security level. */
function barePod({ owner, name, namespace, labels, spec, claims }: Pod): Manifest {
  const volumes = [
    ...(spec.volumes ?? []),
    ...claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: `${claim}-${name}-0` } })),
  ];
  const metadata = { name: owner.toLowerCase().replace('/', '-'), namespace, labels };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, volumes } };
}

/** All in one request. If it fails, one request each, to find the objects that fail. */
async function dryRun<Item extends Manifest>(
  kubectl: Kubectl,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Promise<Judgement[]> {
  const apply = (some: readonly Item[]) =>
    kubectl(
      ['apply', '--server-side', '--dry-run=server', '--warnings-as-errors', '-o', 'name', '-f', '-'],
      listOf(some),
    );
  const all = await apply(items);
  if (all.code === 0 && all.stdout.trim().split('\n').length === items.length) {
    return items.map((item) => ({ subject: nameOf(item), problem: null }));
  }
  const answers = await Promise.all(items.map(async (item) => ({ item, answer: await apply([item]) })));
  const judgements = answers.map(({ item, answer }) => ({
    subject: nameOf(item),
    problem: answer.code === 0 ? null : answer.output.trim(),
  }));
  if (judgements.some(({ problem }) => problem !== null)) return judgements;
  return [...judgements, { subject: 'all objects together', problem: all.output.trim() }];
}
