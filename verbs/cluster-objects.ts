/** The stack's cluster-scoped objects, and those in node-exporter's namespace. */
import type { Manifest } from '../stack/checks/manifest';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { ofStack } from './state';
import { say } from './terminal';

interface Place {
  /** Kinds that may be deleted. None of them holds data. */
  readonly kinds: readonly string[];
  /** `-n` and a namespace, or nothing. */
  readonly options: readonly string[];
}

const placesOf = ({ config: { nodeExporter } }: Expected): readonly Place[] => [
  { kinds: ['clusterroles', 'clusterrolebindings'], options: [] },
  {
    kinds: ['daemonsets', 'serviceaccounts', 'roles', 'rolebindings'],
    options: ['-n', nodeExporter.namespace],
  },
];

type Item = Meta & Manifest;

const nameOf = ({ kind, metadata: { name } }: Pick<Item, 'kind' | 'metadata'>) => `${kind.toLowerCase()}/${name}`;

/**
 * Deletes those that are not to be kept. If the permission to list or delete some is missing, it prints the command for an administrator.
 * @param keep objects that stay
 * @returns how many were deleted
 * @throws KubectlError if a request to the API server failed
 */
export async function deleteClusterObjects(
  kubectl: Kubectl,
  expected: Expected,
  keep: Expected['workloads'],
): Promise<number> {
  const kept = new Set(keep.map(nameOf));
  const counts = await Promise.all(placesOf(expected).map((place) => deleteIn(kubectl, expected, place, kept)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Those that `deleteClusterObjects` would delete, as far as they can be listed. */
export async function staleClusterObjects(
  kubectl: Kubectl,
  expected: Expected,
  keep: Expected['workloads'],
): Promise<readonly Item[]> {
  const kept = new Set(keep.map(nameOf));
  const lists = await Promise.all(placesOf(expected).map((place) => listsOf(kubectl, expected, place)));
  return lists.flat().flatMap(({ items }) => (items ?? []).filter((item) => !kept.has(nameOf(item))));
}

/** The objects of each kind; null: they cannot be listed. */
function listsOf(kubectl: Kubectl, expected: Expected, { kinds, options }: Place) {
  const selected = selection(expected, options);
  return Promise.all(
    kinds.map(async (kind) => {
      const answer = await kubectl.allowed(['get', kind, ...selected, '-o', 'json', '--request-timeout=10s']);
      return { kind, items: answer === null ? null : (JSON.parse(answer) as { items: readonly Item[] }).items };
    }),
  );
}

const selection = ({ config: { namespace } }: Expected, options: readonly string[]) => [
  ...options,
  '-l',
  ofStack(namespace),
];

async function deleteIn(
  kubectl: Kubectl,
  expected: Expected,
  place: Place,
  kept: ReadonlySet<string>,
): Promise<number> {
  const lists = await listsOf(kubectl, expected, place);
  const forbidden = lists.filter(({ items }) => items === null).map(({ kind }) => kind);
  if (forbidden.length > 0) {
    const selected = selection(expected, place.options);
    const command = kubectl.commands.kubectl(`get ${[forbidden.join(','), ...selected].join(' ')}`);
    say(`skipped, because you cannot list ${forbidden.join(', ')}; an administrator can: ${command}`);
  }
  const found = lists.flatMap(({ items }) => items ?? []).map(nameOf);
  return deleteAll(
    kubectl,
    place.options,
    found.filter((name) => !kept.has(name)),
  );
}

async function deleteAll(kubectl: Kubectl, options: readonly string[], names: readonly string[]): Promise<number> {
  if (names.length === 0) return 0;
  const args = ['delete', ...options, '--ignore-not-found', '--wait=false', ...names];
  if ((await kubectl.allowed(args)) !== null) return names.length;
  const command = kubectl.commands.kubectl(`delete ${[...options, '--ignore-not-found', ...names].join(' ')}`);
  say(`not deleted, because you lack the permission; an administrator can: ${command}`);
  return 0;
}
