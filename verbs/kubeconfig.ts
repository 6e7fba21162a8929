/**
 * The cluster of a command. The kubeconfig is read once, and every later request uses that copy: if the kubeconfig is edited or the
 * current context is switched meanwhile, the second half of a command must not go to another cluster.
 *
 * The name of the context is not enough, because its cluster, user or proxy can be changed in place. So the context is copied with its
 * certificates and credentials into a file that only this user can read.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { Kubectl } from './kubectl';

interface Named {
  readonly name: string;
}

/** The fields of a kubeconfig that are used here. */
export interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly clusters?:
    | readonly (Named & {
        readonly cluster: { readonly server?: string; readonly 'certificate-authority-data'?: string };
      })[]
    | null;
  readonly contexts?: readonly Named[] | null;
  readonly users?: readonly (Named & { readonly user: User })[] | null;
}

interface User {
  readonly tokenFile?: string;
  readonly exec?: { readonly command: string };
}

/** Name of the context for the cluster in which this process runs as a pod. */
export const IN_CLUSTER = 'in-cluster';

const VIEW = ['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json'];

/**
 * The context that kubectl uses, with its cluster and its user only. It contains credentials.
 * @param kubectl without a pinned cluster
 * @param files the kubeconfig files that kubectl merges, the first one first
 * @throws KubectlError if there is no such context
 */
export async function readKubeconfig(kubectl: Kubectl, files: readonly string[]): Promise<Kubeconfig> {
  const config = JSON.parse(await kubectl.text(VIEW)) as Kubeconfig;
  const users = (config.users ?? []).map(async (entry) => {
    if (relativePaths(entry.user).length === 0) return entry;
    return { ...entry, user: withPathsFrom(await folderOf(kubectl, files, entry.name), entry.user) };
  });
  return { ...config, users: await Promise.all(users) };
}

/** `--flatten` inlines certificates and keys. A token file and a credential plugin stay paths, relative to the kubeconfig that has them. */
const relativePaths = ({ tokenFile, exec }: User): readonly string[] =>
  [tokenFile, exec?.command.includes(sep) ? exec.command : undefined].filter(
    (path): path is string => path !== undefined && path !== '' && !isAbsolute(path),
  );

function withPathsFrom(folder: string, user: User): User {
  const relative = relativePaths(user);
  const { tokenFile, exec } = user;
  const absolute = (path: string) => (relative.includes(path) ? join(folder, path) : path);
  return {
    ...user,
    ...(tokenFile !== undefined && { tokenFile: absolute(tokenFile) }),
    ...(exec !== undefined && { exec: { ...exec, command: absolute(exec.command) } }),
  };
}

/** The folder of the first file that has a user: in kubectl's merge, the first one wins. */
async function folderOf(kubectl: Kubectl, files: readonly string[], user: string): Promise<string> {
  for (const file of files.filter((name) => existsSync(name))) {
    const { users } = JSON.parse(
      await kubectl.text(['config', 'view', '--kubeconfig', file, '-o', 'json']),
    ) as Kubeconfig;
    if (users?.some(({ name }) => name === user)) return dirname(resolve(file));
  }
  return process.cwd();
}

/** Where Kubernetes mounts the credentials of a pod (k8s.io/client-go, rest.InClusterConfig). */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster in which this process runs as a pod; null if it does not. The token stays a file, because the kubelet rotates it.
 * @param server address of the API server, from the pod's environment
 * @param folder of the pod's credentials
 */
export function inClusterConfig(server: string | null, folder: string = SERVICE_ACCOUNT): Kubeconfig | null {
  const [token, authority] = [join(folder, 'token'), join(folder, 'ca.crt')];
  if (server === null || !existsSync(token) || !existsSync(authority)) return null;
  const cluster = { server, 'certificate-authority-data': readFileSync(authority).toString('base64') };
  const name = IN_CLUSTER;
  const context = { cluster: name, user: name };
  return {
    'current-context': name,
    clusters: [{ name, cluster }],
    users: [{ name, user: { tokenFile: token } }],
    contexts: [{ name, context } as Named],
  };
}
