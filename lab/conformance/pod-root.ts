/** Runs a program as in a pod: with the files at the paths of the mounts, and with the pod's environment. */
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { ownFolder, programPath } from '../cache';
import { type Answer, ask, type Stop } from '../commands';
import type { ManifestSet } from './manifests';
import { CLUSTER_CA, filesOf } from './pod-files';
import type { Container, Pod, ProgramPod } from './pods';

/** Replaces the content of a Secret, which is never part of the manifests. */
const SECRET = 'not-a-secret';

/** Replaces a CA certificate, which programs parse at start: one that Node.js contains. */
const CERTIFICATE = rootCertificates[0] ?? '';

/** The pod's address. */
const POD_IP = '127.0.0.1';

/** The root of one container's file system. */
export class PodRoot {
  readonly #folder: string;
  readonly #env: readonly string[];

  constructor(set: ManifestSet, program: ProgramPod) {
    // In the cache, so that programs can be hard-linked there.
    this.#folder = ownFolder('pod');
    const { pod, container } = program;
    for (const { mountPath } of container.volumeMounts ?? []) this.#makeFolder(mountPath);
    for (const [path, text] of filesOf(set, program)) this.write(path, text);
    for (const [path, text] of secretFiles(pod, container)) this.write(path, text);
    for (const folder of ['/tmp', '/proc']) this.#makeFolder(folder);
    this.#env = environmentOf(pod, container);
  }

  /** Whether it has a file. */
  has(path: string): boolean {
    return existsSync(join(this.#folder, path));
  }

  /** Writes a file. */
  write(path: string, text: string): void {
    this.#makeFolder(dirname(path));
    writeFileSync(join(this.#folder, path), text);
  }

  /**
   * Runs a program of the lab in it; needs Linux.
   * @param isolated in its own network namespace, so that its ports cannot conflict
   * @param stop when it gets SIGTERM, as from the kubelet; the result has its own exit code
   */
  async run(
    program: string,
    args: readonly string[],
    { isolated = false, stop }: { readonly isolated?: boolean; readonly stop?: Stop } = {},
  ): Promise<Answer> {
    const inside = join('/', program);
    this.#place(programPath(program), inside);
    const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
    // Programs read the amount of memory from /proc.
    const prepare = ['mount --rbind /proc "$0/proc"', ...(isolated ? ['ip link set lo up'] : []), 'exec "$@"'].join(
      ' && ',
    );
    const isolation = ['--mount', ...asRoot, ...(isolated ? ['--net'] : []), 'sh', '-c', prepare, this.#folder];
    // Each of these is replaced by the next, so that the signal reaches the program.
    const inRoot = ['/usr/sbin/chroot', this.#folder, inside, ...args];
    return ask('unshare', [...isolation, 'env', '-i', ...this.#env, ...inRoot], stop === undefined ? {} : { stop });
  }

  /** Deletes it. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #makeFolder(path: string): void {
    mkdirSync(join(this.#folder, path), { recursive: true });
    chmodSync(join(this.#folder, path), 0o777);
  }

  #place(source: string, path: string): void {
    const target = join(this.#folder, path);
    rmSync(target, { force: true });
    try {
      linkSync(source, target);
    } catch {
      // Another file system.
      copyFileSync(source, target);
    }
  }
}

/** The files from Secrets, tokens and the cluster's CA: path to text. */
function secretFiles({ spec }: Pod, { volumeMounts = [] }: Container): (readonly [string, string])[] {
  return volumeMounts.flatMap(({ name, mountPath }) => {
    // The names of volumes with CA certificates end so (charts/access.ts).
    const text = name.endsWith('-ca') ? CERTIFICATE : SECRET;
    const volume = (spec.volumes ?? []).find((entry) => entry.name === name);
    const sources = [{ secret: volume?.secret }, ...(volume?.projected?.sources ?? [])];
    return sources.flatMap((source) => {
      const token = 'serviceAccountToken' in source ? source.serviceAccountToken?.path : undefined;
      const cluster = 'configMap' in source && source.configMap?.name === CLUSTER_CA ? source.configMap : undefined;
      const items = [...(source.secret?.items ?? []), ...(cluster?.items ?? [])];
      const paths = [...items.map(({ path }) => path), ...(token === undefined ? [] : [token])];
      return paths.map((path) => [join(mountPath, path), text] as const);
    });
  });
}

/** The environment, as `NAME=value`. */
function environmentOf({ name, namespace, spec }: Pod, { env = [] }: Container): string[] {
  const fields: Readonly<Record<string, string>> = {
    'status.podIP': POD_IP,
    'metadata.name': `${name}-0`,
    'metadata.namespace': namespace,
    'spec.serviceAccountName': spec.serviceAccountName ?? 'default',
    'spec.nodeName': 'node1',
  };
  return env.map((variable) => {
    const path = variable.valueFrom?.fieldRef?.fieldPath;
    const field = path === undefined ? SECRET : fields[path];
    if (field === undefined) throw new Error(`${variable.name}: the lab does not know the field ${path}`);
    return `${variable.name}=${variable.value ?? field}`;
  });
}

/** Environment variables that a configuration uses and the container does not have. The programs ignore this. */
export function unsetVariables(set: ManifestSet, program: ProgramPod): string[] {
  const { env = [] } = program.container;
  const texts = [...filesOf(set, program).values()];
  const used = texts.flatMap((text) =>
    [...text.matchAll(/(?<!\$)(?:\$\$)*\$\{env:(\w+)\}/g)].map(([, name = '']) => name),
  );
  return [...new Set(used)]
    .filter((name) => !env.some((variable) => variable.name === name))
    .map((name) => `the configuration uses ${name}, which the container's environment does not have`);
}
