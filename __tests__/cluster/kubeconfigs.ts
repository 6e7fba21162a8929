/** kubeconfigs of users other than the administrator. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, kubectl } from './cluster';

/** A file with this content. */
export function kubeconfig(content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...content }), { mode: 0o600 });
  return file;
}

interface Cluster {
  readonly cluster: Readonly<Record<string, unknown>>;
}

function currentCluster(): Cluster {
  const view = JSON.parse(kubectl(['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json'])) as {
    clusters: readonly Cluster[];
  };
  const [cluster] = view.clusters;
  if (cluster === undefined) throw new Error('the context has no cluster');
  return cluster;
}

/** Makes an account with the rights of a ClusterRole in one namespace. @returns its kubeconfig, whose context has its name */
export function accountWith(name: string, namespace: string, clusterRole: string): string {
  apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
  kubectl([
    ...['create', 'rolebinding', name, '-n', namespace, `--clusterrole=${clusterRole}`],
    `--serviceaccount=${namespace}:${name}`,
  ]);
  const token = kubectl(['create', 'token', name, '-n', namespace]).trim();
  return kubeconfig({
    clusters: [{ name: 'c', cluster: currentCluster().cluster }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: 'c', user: name } }],
    'current-context': name,
  });
}
