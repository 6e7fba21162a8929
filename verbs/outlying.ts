/** What is ours outside the stack's namespace and the namespaces of others: rights in none, and node-exporter in one of its own. */
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { ofStack } from './state';
import { say } from './terminal';

interface Place {
  /** Kinds that may be removed: nothing in which data is. */
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

type Item = Meta & { readonly kind: string };

const nameOf = ({ kind, metadata: { name } }: Pick<Item, 'kind' | 'metadata'>) => `${kind.toLowerCase()}/${name}`;

/**
 * Removes what is not wanted there. What may not be listed or deleted is printed, with the command for an administrator.
 * @param wanted what stays
 * @returns how much was removed
 * @throws KubectlError where the API server could not be asked
 */
export async function removeOutlying(
  kubectl: Kubectl,
  expected: Expected,
  wanted: Expected['workloads'],
): Promise<number> {
  const kept = new Set(wanted.map(nameOf));
  const counts = await Promise.all(placesOf(expected).map((place) => removeIn(kubectl, expected, place, kept)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function removeIn(
  kubectl: Kubectl,
  { config: { namespace } }: Expected,
  { kinds, options }: Place,
  kept: ReadonlySet<string>,
): Promise<number> {
  const selected = [...options, '-l', ofStack(namespace)];
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const answer = await kubectl.allowed(['get', kind, ...selected, '-o', 'json', '--request-timeout=10s']);
      return { kind, items: answer === null ? null : (JSON.parse(answer) as { items: readonly Item[] }).items };
    }),
  );
  const unseen = lists.filter(({ items }) => items === null).map(({ kind }) => kind);
  if (unseen.length > 0) {
    const command = kubectl.commands.kubectl(`get ${[unseen.join(','), ...selected].join(' ')}`);
    say(`not looked for, as you may not list them: ${unseen.join(', ')}; an administrator can: ${command}`);
  }
  const left = lists.flatMap(({ items }) => items ?? []).map(nameOf);
  return deleteAll(
    kubectl,
    options,
    left.filter((name) => !kept.has(name)),
  );
}

async function deleteAll(kubectl: Kubectl, options: readonly string[], names: readonly string[]): Promise<number> {
  if (names.length === 0) return 0;
  const args = ['delete', ...options, '--ignore-not-found', '--wait=false', ...names];
  if ((await kubectl.allowed(args)) !== null) return names.length;
  const command = kubectl.commands.kubectl(`delete ${[...options, '--ignore-not-found', ...names].join(' ')}`);
  say(`left, as you may not delete all of them; ask an administrator: ${command}`);
  return 0;
}
