import type { Manifest } from '../stack/checks/manifest';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { removeOutlying } from './outlying';
import { hasNamespace } from './preflight';
import { ofStack } from './state';
import { say } from './terminal';

/**
 * Server-side, and against changes that others have made by hand: what is rendered is what is wanted. The field manager is
 * kubectl's own, so that it is one and the same with the two commands of the README.
 */
const APPLY = ['apply', '--server-side', '--force-conflicts', '-f', '-'];

/** Applies objects, and prints what has changed. A run that was killed half way is mended by the next: each object is set whole. */
export async function applyObjects(kubectl: Kubectl, manifests: readonly Manifest[]): Promise<void> {
  if (manifests.length === 0) return;
  await kubectl.text(APPLY, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
}

/** Applies what lives in namespaces that are not ours, in those that exist. */
export async function applyOutside(kubectl: Kubectl, { outside }: Expected): Promise<void> {
  for (const { namespace, objects } of outside)
    if (await hasNamespace(kubectl, namespace)) await applyObjects(kubectl, objects);
}

/** Kinds that are removed when they are no longer rendered: nothing in which data is. */
const REMOVABLE =
  'deployments,statefulsets,cronjobs,services,configmaps,serviceaccounts,roles,rolebindings,networkpolicies,poddisruptionbudgets';

type Listed = Meta & { readonly kind: string };

/** The same with Cilium's, where the cluster has them. kubectl refuses kinds that are not served. */
async function removable(kubectl: Kubectl): Promise<string> {
  const served = await kubectl.text(['api-resources', '--api-group=cilium.io', '-o', 'name', '--request-timeout=10s']);
  const cilium = served.split('\n').filter((name) => name === 'ciliumnetworkpolicies.cilium.io');
  return [REMOVABLE, ...cilium].join(',');
}

/** Objects of ours in a namespace. */
const oursIn = (kubectl: Kubectl, kinds: string, namespace: string, instance: string) =>
  kubectl.list<Listed>(kinds, '-n', namespace, '-l', ofStack(instance));

const nameOf = ({ kind, metadata: { name } }: { kind: string; metadata: { name: string } }) => `${kind}/${name}`;

/**
 * Removes what an earlier configuration has left: a Deployment that has become a StatefulSet would go on beside it.
 * Objects that a controller made, as the endpoints of a Service, are left to it.
 */
export async function prune(kubectl: Kubectl, expected: Expected): Promise<void> {
  const { config, keep, workloads } = expected;
  const { namespace } = config;
  await removeOutlying(kubectl, expected, [...keep, ...workloads]);
  const wanted = new Set(workloads.map(nameOf));
  const found = await oursIn(kubectl, await removable(kubectl), namespace, namespace);
  const left = found.filter((object) => !wanted.has(nameOf(object)) && object.metadata.ownerReferences === undefined);
  if (left.length === 0) return;
  await kubectl.text(['delete', '-n', namespace, '--ignore-not-found', '--wait=false', ...left.map(deletable)]);
  say(`removed what is no longer rendered: ${left.map(nameOf).join(', ')}`);
}

const deletable = ({ kind, metadata: { name } }: Listed) => `${kind.toLowerCase()}/${name}`;

/** Removes the stack from its namespace, and its Roles from those of others. Claims, Secrets and the Namespace stay. */
export async function removeWorkloads(kubectl: Kubectl, expected: Expected, seconds: number): Promise<number> {
  const { namespace } = expected.config;
  const places = [
    { namespace, kinds: await removable(kubectl) },
    ...expected.outside.map((place) => ({ namespace: place.namespace, kinds: 'roles,rolebindings' })),
  ];
  let count = await removeOutlying(kubectl, expected, []);
  for (const place of places) {
    const found = (await oursIn(kubectl, place.kinds, place.namespace, namespace)).filter(
      ({ metadata }) => metadata.ownerReferences === undefined,
    );
    count += found.length;
    if (found.length === 0) continue;
    const options = ['--ignore-not-found', '--cascade=foreground', `--timeout=${seconds}s`];
    await kubectl.text(['delete', '-n', place.namespace, ...options, ...found.map(deletable)]);
  }
  return count;
}
