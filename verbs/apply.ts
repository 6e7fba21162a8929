import type { Manifest } from '../stack/checks/manifest';
import { removeHelpers } from './backup/helper';
import { deleteClusterObjects, staleClusterObjects } from './cluster-objects';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { hasNamespace } from './preflight';
import { ofStack } from './state';
import { say } from './terminal';

/**
 * Server-side, and with `--force-conflicts`, because what is rendered replaces manual changes. The field manager is kubectl's default, so
 * that it is the same as with the two `kubectl apply` commands of docs/operations.md.
 */
const APPLY = ['apply', '--server-side', '--force-conflicts', '-f', '-'];

/** Applies objects. Each object is applied as a whole, so the next run completes one that was killed half way. */
export async function applyObjects(kubectl: Kubectl, manifests: readonly Manifest[]): Promise<void> {
  if (manifests.length === 0) return;
  await kubectl.text(APPLY, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
}

/** Applies the objects for namespaces that are not ours, as far as these namespaces exist. */
export async function applyOutside(kubectl: Kubectl, { outside }: Expected): Promise<void> {
  for (const { namespace, objects } of outside)
    if (await hasNamespace(kubectl, namespace)) await applyObjects(kubectl, objects);
}

/** The objects that outlive the programs. Cluster-scoped ones are left out where the user cannot change them. */
export const keptObjects = ({ keep }: Expected, skipsClusterScope: boolean): readonly Manifest[] =>
  skipsClusterScope ? keep.filter(({ metadata }) => metadata.namespace !== undefined) : keep;

/** Everything that `monitor-up` applies: without what belongs to a namespace that does not exist yet. */
export async function objectsToApply(
  kubectl: Kubectl,
  expected: Expected,
  skipsClusterScope: boolean,
): Promise<readonly Manifest[]> {
  const { workloads, outside } = expected;
  const exist = await Promise.all(outside.map(({ namespace }) => hasNamespace(kubectl, namespace)));
  const there = outside.filter((_place, index) => exist[index] === true);
  return [...keptObjects(expected, skipsClusterScope), ...workloads, ...there.flatMap(({ objects }) => objects)];
}

/** Kinds that are deleted when they are no longer rendered. None of them holds data. */
const PRUNABLE =
  'deployments,statefulsets,cronjobs,services,configmaps,serviceaccounts,roles,rolebindings,networkpolicies,poddisruptionbudgets';

type Listed = Meta & Manifest;

/** The same with Cilium's kind, if the cluster serves it. kubectl fails on kinds that are not served. */
async function prunable(kubectl: Kubectl): Promise<string> {
  const served = await kubectl.text(['api-resources', '--api-group=cilium.io', '-o', 'name', '--request-timeout=10s']);
  const cilium = served.split('\n').filter((name) => name === 'ciliumnetworkpolicies.cilium.io');
  return [PRUNABLE, ...cilium].join(',');
}

/** The stack's objects in a namespace. */
const stackObjects = (kubectl: Kubectl, kinds: string, namespace: string, instance: string) =>
  kubectl.list<Listed>(kinds, '-n', namespace, '-l', ofStack(instance));

const nameOf = ({ kind, metadata: { name } }: { kind: string; metadata: { name: string } }) => `${kind}/${name}`;

/**
 * Objects of an earlier configuration in the stack's namespace: a Deployment that became a StatefulSet would otherwise keep running beside
 * it. Objects that a controller owns, such as the endpoints of a Service, are left to that controller.
 */
async function staleInNamespace(kubectl: Kubectl, { config, workloads, hooks }: Expected): Promise<readonly Listed[]> {
  const { namespace } = config;
  const rendered = new Set([...workloads, ...hooks].map(nameOf));
  const found = await stackObjects(kubectl, await prunable(kubectl), namespace, namespace);
  return found.filter((object) => !rendered.has(nameOf(object)) && object.metadata.ownerReferences === undefined);
}

/** Every object that `prune` would delete. */
export async function staleObjects(kubectl: Kubectl, expected: Expected): Promise<readonly Manifest[]> {
  const [own, cluster] = await Promise.all([
    staleInNamespace(kubectl, expected),
    staleClusterObjects(kubectl, expected, [...expected.keep, ...expected.workloads]),
  ]);
  return [...own, ...cluster];
}

/** Deletes objects of an earlier configuration. Claims and Namespaces stay: data goes with them. */
export async function prune(kubectl: Kubectl, expected: Expected): Promise<void> {
  const { config, keep, workloads } = expected;
  const { namespace } = config;
  await deleteClusterObjects(kubectl, expected, [...keep, ...workloads]);
  const stale = await staleInNamespace(kubectl, expected);
  if (stale.length === 0) return;
  await kubectl.text(['delete', '-n', namespace, '--ignore-not-found', '--wait=false', ...stale.map(deletable)]);
  say(`deleted objects that are no longer rendered: ${stale.map(nameOf).join(', ')}`);
}

const deletable = ({ kind, metadata: { name } }: Listed) => `${kind.toLowerCase()}/${name}`;

/** Deletes the stack in its namespace, and its Roles in other namespaces. Claims, Secrets and the Namespace stay. */
export async function deleteWorkloads(kubectl: Kubectl, expected: Expected, seconds: number): Promise<number> {
  const { namespace } = expected.config;
  const places = [
    { namespace, kinds: `${await prunable(kubectl)},jobs` },
    ...expected.outside.map((place) => ({ namespace: place.namespace, kinds: 'roles,rolebindings' })),
  ];
  await removeHelpers(kubectl, namespace);
  let count = await deleteClusterObjects(kubectl, expected, []);
  for (const place of places) {
    const found = (await stackObjects(kubectl, place.kinds, place.namespace, namespace)).filter(
      ({ metadata }) => metadata.ownerReferences === undefined,
    );
    count += found.length;
    if (found.length === 0) continue;
    const options = ['--ignore-not-found', '--cascade=foreground', `--timeout=${seconds}s`];
    await kubectl.text(['delete', '-n', place.namespace, ...options, ...found.map(deletable)]);
  }
  return count;
}
