/** The stack's objects that are in no namespace, or in namespaces other than its own. */
import type { Manifest } from '../stack/checks/manifest';
import { idOf } from './changes/tree';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { ofStack } from './ownership';
import { say } from './terminal';

/** Kinds that may be deleted. None of them holds data. */
const CLUSTER_KINDS = ['clusterroles', 'clusterrolebindings', 'priorityclasses'];
const NAMESPACED_KINDS = ['daemonsets', 'serviceaccounts', 'roles', 'rolebindings'];

type Item = Meta & Manifest;

/** The objects of one kind, wherever they may be listed. */
interface Listing {
  readonly kind: string;
  readonly items: readonly Item[];
  /** Whether there may be more, which cannot be listed without a permission. */
  readonly isPartial: boolean;
}

/**
 * Deletes those that are not to be kept. If the permission to list or delete some is missing, it prints the command for an administrator.
 * @param keep objects that stay
 * @returns how many were deleted
 * @throws KubectlError if a request to the API server failed
 */
export async function deleteClusterObjects(
  kubectl: Kubectl,
  expected: Expected,
  keep: readonly Manifest[],
): Promise<number> {
  const listings = await listingsOf(kubectl, expected);
  sayPartial(kubectl, expected, listings);
  const places = new Map<string, string[]>();
  for (const { kind, metadata } of staleIn(listings, expected, keep)) {
    const place = metadata.namespace ?? '';
    places.set(place, [...(places.get(place) ?? []), `${kind.toLowerCase()}/${metadata.name}`]);
  }
  let count = 0;
  for (const [place, names] of places) count += await deleteAll(kubectl, place === '' ? [] : ['-n', place], names);
  return count;
}

/** Those that `deleteClusterObjects` would delete, as far as they can be listed. */
export async function staleClusterObjects(
  kubectl: Kubectl,
  expected: Expected,
  keep: readonly Manifest[],
): Promise<readonly Item[]> {
  return staleIn(await listingsOf(kubectl, expected), expected, keep);
}

/** Objects that a controller owns are left to it, and those in the stack's own namespace to `prune`. */
function staleIn(listings: readonly Listing[], { config }: Expected, keep: readonly Manifest[]): readonly Item[] {
  const kept = new Set(keep.map(idOf));
  return listings
    .flatMap(({ items }) => items)
    .filter(({ metadata }) => metadata.namespace !== config.namespace && metadata.ownerReferences === undefined)
    .filter((item) => !kept.has(idOf(item)));
}

/**
 * In all namespaces, so that what an earlier configuration has left in one that is no longer named is found too. Without the permission
 * for that, in those that are named.
 */
async function listingsOf(kubectl: Kubectl, expected: Expected): Promise<readonly Listing[]> {
  const { namespace, nodeExporter } = expected.config;
  const itemsOf = async (kind: string, ...options: readonly string[]): Promise<readonly Item[] | null> => {
    const args = ['get', kind, ...options, '-l', ofStack(namespace), '-o', 'json', '--request-timeout=10s'];
    const answer = await kubectl.allowed(args);
    return answer === null ? null : (JSON.parse(answer) as { items: readonly Item[] }).items;
  };
  const named = [...new Set([nodeExporter.namespace, ...expected.outside.map((place) => place.namespace)])];
  const listed = async (kind: string, isNamespaced: boolean): Promise<Listing> => {
    const all = await itemsOf(kind, ...(isNamespaced ? ['-A'] : []));
    if (all !== null) return { kind, items: all, isPartial: false };
    const found = await Promise.all((isNamespaced ? named : []).map((place) => itemsOf(kind, '-n', place)));
    return { kind, items: found.flatMap((items) => items ?? []), isPartial: true };
  };
  return Promise.all([
    ...CLUSTER_KINDS.map((kind) => listed(kind, false)),
    ...NAMESPACED_KINDS.map((kind) => listed(kind, true)),
  ]);
}

/** What may be left, and the command that shows it to an administrator. */
function sayPartial(kubectl: Kubectl, { config }: Expected, listings: readonly Listing[]): void {
  const kinds = listings.filter(({ isPartial }) => isPartial).map(({ kind }) => kind);
  if (kinds.length === 0) return;
  const command = kubectl.commands.kubectl(`get ${kinds.join(',')} -A -l ${ofStack(config.namespace)}`);
  say(`objects outside the namespace may be left, because you cannot list them; an administrator can: ${command}`);
}

async function deleteAll(kubectl: Kubectl, options: readonly string[], names: readonly string[]): Promise<number> {
  const args = ['delete', ...options, '--ignore-not-found', '--wait=false', ...names];
  if ((await kubectl.allowed(args)) !== null) return names.length;
  const command = kubectl.commands.kubectl(`delete ${[...options, '--ignore-not-found', ...names].join(' ')}`);
  say(`not deleted, because you lack the permission; an administrator can: ${command}`);
  return 0;
}
