/**
 * Which cluster a verb acts on. It is read once, and everything after that is asked with what was read: a kubeconfig that is
 * edited meanwhile, or a current context that is switched, must not send the second half of a verb to another cluster.
 *
 * A name alone would not do: a context can be given another cluster, user or proxy in place. So the context is copied with its
 * certificates and credentials into a file that only this user can read.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import type { Kubectl } from './kubectl';

interface Named {
  readonly name: string;
}

/** The fields of a kubeconfig that are read here. */
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

/** Name of the context that stands for the cluster in which this process is a pod. */
export const IN_CLUSTER = 'in-cluster';

const VIEW = ['config', 'view', '--minify', '--flatten', '--raw', '-o', 'json'];

/**
 * The context that kubectl uses, with its cluster and its user, and nothing of the others. It holds credentials.
 * @param kubectl without a pinned cluster
 * @param files the kubeconfig files that kubectl merges, the first one first
 * @throws KubectlError where there is no such context
 */
export async function readKubeconfig(kubectl: Kubectl, files: readonly string[]): Promise<Kubeconfig> {
  const config = JSON.parse(await kubectl.text(VIEW)) as Kubeconfig;
  const users = (config.users ?? []).map(async (entry) => {
    if (relativePaths(entry.user).length === 0) return entry;
    return { ...entry, user: withPathsFrom(await folderOf(kubectl, files, entry.name), entry.user) };
  });
  return { ...config, users: await Promise.all(users) };
}

/** `--flatten` puts certificates and keys inline. A token's file and a credential plugin stay paths, from the file that they are in. */
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

/** The folder of the first file that has a user: kubectl lets the first one win. */
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
 * The cluster in which this process is a pod; null where it is none. The token stays a file, since the kubelet renews it.
 * @param server address of the API server, which the kubelet gives to each pod
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
