/** Rights outside namespaces: those of Prometheus at the kubelets. */
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Meta } from './objects';
import { OURS } from './state';
import { say } from './terminal';

type Right = Meta & { readonly kind: string };

const nameOf = ({ kind, metadata: { name } }: Pick<Right, 'kind' | 'metadata'>) => `${kind.toLowerCase()}/${name}`;

/** Those that an installation has. Who may not see them could not have made them. */
async function rightsOf(kubectl: Kubectl, instance: string): Promise<readonly Right[]> {
  const labels = `${OURS},app.kubernetes.io/instance=${instance}`;
  const args = ['get', 'clusterroles,clusterrolebindings', '-l', labels, '-o', 'json', '--request-timeout=10s'];
  const { code, stdout } = await kubectl.run(args);
  return code === 0 ? (JSON.parse(stdout) as { items: readonly Right[] }).items : [];
}

/**
 * Removes those that are not wanted, and says so. Who may not is told how.
 * @param wanted what stays
 * @returns how many there were
 */
export async function removeClusterRights(
  kubectl: Kubectl,
  { config: { namespace } }: Expected,
  wanted: Expected['keep'],
): Promise<number> {
  const kept = new Set(wanted.map(nameOf));
  const left = (await rightsOf(kubectl, namespace)).filter((right) => !kept.has(nameOf(right))).map(nameOf);
  if (left.length === 0) return 0;
  const { code } = await kubectl.run(['delete', '--ignore-not-found', '--wait=false', ...left]);
  if (code === 0) return left.length;
  say(`left, as you may not delete it; ask an administrator: kubectl delete ${left.join(' ')}`);
  return 0;
}
