import type { Manifest } from '../stack/checks/manifest';
import { removeHelpers } from './backup/helper';
import { idOf, titleOf } from './changes/tree';
import { deleteClusterObjects, staleClusterObjects } from './cluster-objects';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { openPlaces } from './outside';
import { ofStack } from './ownership';
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

/** Applies the objects for namespaces that are not ours, as far as these namespaces exist and the rights suffice. */
export async function applyOutside(kubectl: Kubectl, expected: Expected): Promise<void> {
  for (const { objects } of await openPlaces(kubectl, expected)) await applyObjects(kubectl, objects);
}

/** The objects that outlive the programs. Cluster-scoped ones are left out where the user cannot change them. */
export const keptObjects = ({ keep }: Expected, skipsClusterScope: boolean): readonly Manifest[] =>
  skipsClusterScope ? keep.filter(({ metadata }) => metadata.namespace !== undefined) : keep;

/** Everything that `monitor-up` applies: without what belongs to a namespace that does not exist yet, or that the user cannot change. */
export async function objectsToApply(
  kubectl: Kubectl,
  expected: Expected,
  skipsClusterScope: boolean,
): Promise<readonly Manifest[]> {
  const open = await openPlaces(kubectl, expected);
  return [
    ...keptObjects(expected, skipsClusterScope),
    ...expected.workloads,
    ...open.flatMap(({ objects }) => objects),
  ];
}

/** Kinds that are deleted when they are no longer rendered. None of them holds data. */
const PRUNABLE =
  'deployments,statefulsets,cronjobs,services,configmaps,serviceaccounts,roles,rolebindings,networkpolicies,poddisruptionbudgets';
const CILIUM = 'ciliumnetworkpolicies.cilium.io';

type Listed = Meta & Manifest;

/**
 * Objects of an earlier configuration in the stack's namespace: a Deployment that became a StatefulSet would otherwise keep running beside
 * it. Objects that a controller owns, such as the endpoints of a Service, are left to that controller.
 * @param kinds kinds of objects, separated by commas
 */
async function ownObjects(kubectl: Kubectl, namespace: string, kinds: string): Promise<readonly Listed[]> {
  const selected = ['-n', namespace, '-l', ofStack(namespace)];
  const found = [...(await kubectl.list<Listed>(kinds, ...selected)), ...(await ciliumPolicies(kubectl, selected))];
  return found.filter(({ metadata }) => metadata.ownerReferences === undefined);
}

/** kubectl fails on kinds that are not served. The role `admin` of a namespace does not include this one: it is passed over then. */
async function ciliumPolicies(kubectl: Kubectl, selected: readonly string[]): Promise<readonly Listed[]> {
  const served = await kubectl.text(['api-resources', '--api-group=cilium.io', '-o', 'name', '--request-timeout=10s']);
  if (!served.split('\n').includes(CILIUM)) return [];
  const answer = await kubectl.allowed(['get', CILIUM, ...selected, '-o', 'json', '--request-timeout=10s']);
  return answer === null ? [] : (JSON.parse(answer) as { readonly items: readonly Listed[] }).items;
}

async function staleInNamespace(kubectl: Kubectl, { config, workloads, hooks }: Expected): Promise<readonly Listed[]> {
  const rendered = new Set([...workloads, ...hooks].map(idOf));
  const found = await ownObjects(kubectl, config.namespace, PRUNABLE);
  return found.filter((object) => !rendered.has(idOf(object)));
}

/** What is rendered, wherever it is: `prune` keeps it. */
const renderedOf = ({ keep, workloads, outside }: Expected): readonly Manifest[] => [
  ...keep,
  ...workloads,
  ...outside.flatMap(({ objects }) => objects),
];

/** Every object that `prune` would delete. */
export async function staleObjects(kubectl: Kubectl, expected: Expected): Promise<readonly Manifest[]> {
  const [own, cluster] = await Promise.all([
    staleInNamespace(kubectl, expected),
    staleClusterObjects(kubectl, expected, renderedOf(expected)),
  ]);
  return [...own, ...cluster];
}

/** Deletes objects of an earlier configuration. Claims and Namespaces stay: data goes with them. */
export async function prune(kubectl: Kubectl, expected: Expected): Promise<void> {
  const { namespace } = expected.config;
  await deleteClusterObjects(kubectl, expected, renderedOf(expected));
  const stale = await staleInNamespace(kubectl, expected);
  if (stale.length === 0) return;
  await kubectl.text(['delete', '-n', namespace, '--ignore-not-found', '--wait=false', ...stale.map(deletable)]);
  say(`deleted objects that are no longer rendered: ${stale.map(titleOf).join(', ')}`);
}

const deletable = ({ kind, metadata: { name } }: Listed) => `${kind.toLowerCase()}/${name}`;

/** Deletes the stack in its namespace, and its objects elsewhere. Claims, Secrets and the Namespace stay. */
export async function deleteWorkloads(kubectl: Kubectl, expected: Expected, seconds: number): Promise<number> {
  const { namespace } = expected.config;
  await removeHelpers(kubectl, namespace);
  const elsewhere = await deleteClusterObjects(kubectl, expected, []);
  const found = await ownObjects(kubectl, namespace, `${PRUNABLE},jobs`);
  if (found.length === 0) return elsewhere;
  const options = ['--ignore-not-found', '--cascade=foreground', `--timeout=${seconds}s`];
  await kubectl.text(['delete', '-n', namespace, ...options, ...found.map(deletable)]);
  return elsewhere + found.length;
}
