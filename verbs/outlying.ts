/** What is ours outside the stack's namespace and the namespaces of others: rights in none, and node-exporter in one of its own. */
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { ofStack } from './state';
import { say } from './terminal';

interface Place {
  /** Kinds that may be removed: nothing in which data is. */
  readonly kinds: string;
  /** `-n` and a namespace, or nothing. */
  readonly options: readonly string[];
}

const placesOf = ({ config: { nodeExporter } }: Expected): readonly Place[] => [
  { kinds: 'clusterroles,clusterrolebindings', options: [] },
  { kinds: 'daemonsets,serviceaccounts,roles,rolebindings', options: ['-n', nodeExporter.namespace] },
];

type Item = Meta & { readonly kind: string };

const nameOf = ({ kind, metadata: { name } }: Pick<Item, 'kind' | 'metadata'>) => `${kind.toLowerCase()}/${name}`;

/**
 * Removes what is not wanted there. Who may not see it could not have made it; who may not remove it is told how.
 * @param wanted what stays
 * @returns how much was removed
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
  const labels = ofStack(namespace);
  const found = await kubectl.run(['get', kinds, ...options, '-l', labels, '-o', 'json', '--request-timeout=10s']);
  if (found.code !== 0) return 0;
  const { items } = JSON.parse(found.stdout) as { items: readonly Item[] };
  const left = items.map(nameOf).filter((name) => !kept.has(name));
  if (left.length === 0) return 0;
  const { code } = await kubectl.run(['delete', ...options, '--ignore-not-found', '--wait=false', ...left]);
  if (code === 0) return left.length;
  say(`left, as you may not delete it; ask an administrator: kubectl delete ${[...options, ...left].join(' ')}`);
  return 0;
}
