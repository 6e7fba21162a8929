/** A real cluster, and the verbs as an operator runs them: `E2E_CONTEXT` names the context. It may be any that you can spare. */
import { execFileSync } from 'node:child_process';
import { project, type Running, startVerb, type Variables } from '../verbs/verb-process';

export { project, until } from '../verbs/verb-process';

/** The context of the cluster. */
export const CONTEXT = process.env.E2E_CONTEXT ?? '';
if (CONTEXT === '') throw new Error('E2E_CONTEXT names the kubectl context of a cluster that these tests may use');

/** Room for what kubectl prints: the objects of a stack with their managed fields are more than Node's default of 1 MiB. */
const MAX_OUTPUT = 64 * 2 ** 20;

/**
 * kubectl, which must succeed.
 * @throws Error if `exec` is given input, which can be lost without an error: https://github.com/kubernetes/kubernetes/issues/112834
 */
export function kubectl(args: readonly string[], input = ''): string {
  if (input !== '' && args.includes('exec'))
    throw new Error('kubectl exec can lose its standard input: make it part of the command');
  return execFileSync('kubectl', ['--context', CONTEXT, ...args], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: MAX_OUTPUT,
  });
}

/** kubectl on an object as JSON. */
export const apply = (object: object): string => kubectl(['apply', '-f', '-'], JSON.stringify(object));

/**
 * A stack under test, from an environment in a namespace of its own.
 * @param settings the other lines of its environment file
 */
export function stackIn(namespace: string, settings: string) {
  const root = project(`namespace: ${namespace}\n${settings}`);
  const inStack = (...args: readonly string[]) => kubectl(['-n', namespace, ...args]);
  const named = (name: string) => ['-l', `app.kubernetes.io/name=${name}`];
  return {
    root,
    /** kubectl in its namespace. */
    inStack,
    /** Names of the pods of a program, by its name label. */
    podsOf: (name: string) => inStack('get', 'pods', ...named(name), '-o', 'name').trim(),
    deletePods: (name: string, ...options: readonly string[]) => inStack('delete', 'pod', ...named(name), ...options),
    /** Runs monitor-up, which must end well, as must monitor-status after it. */
    repaired: async () => {
      const { code, output } = await run(root, 'up', { TIMEOUT: '180' });
      if (code !== 0) throw new Error(output);
      expect((await run(root, 'status')).code).toBe(0);
    },
  };
}

/** Starts a verb in a project's folder. */
export const start = (root: string, verb: string, variables: Variables = {}): Running =>
  startVerb(root, verb, { CONTEXT, ...variables });

/** Runs a verb to its end. */
export async function run(root: string, verb: string, variables: Variables = {}) {
  const running = start(root, verb, variables);
  const code = await running.ended;
  return { code, output: running.output() };
}

/** Files of tests that run at the same time have ports of their own. */
const portOf = (port: number) => `${port + 1000 * (Number(process.env.JEST_WORKER_ID ?? 1) - 1)}`;

/** Local ports that the tests forward: others than an operator's, who may use his own meanwhile. */
export const FORWARDED = {
  OTEL_HTTP_PORT: portOf(24_318),
  OTEL_GRPC_PORT: portOf(24_317),
  PROMETHEUS_PORT: portOf(29_090),
  JAEGER_UI_PORT: portOf(26_686),
  GRAFANA_PORT: portOf(23_001),
} as const;

/**
 * Deletes namespaces, and lets volumes that were theirs be used again where nothing provisions new ones. The lab has enough of them; there
 * another file of tests would find old data on such a volume.
 */
export function clean(...namespaces: readonly string[]): void {
  kubectl(['delete', 'namespace', ...namespaces, '--ignore-not-found', '--wait', '--timeout=120s']);
  if (process.env.E2E_LAB !== 'yes') freeVolumes();
}

/**
 * The same at the end of a file of tests. After a failure the lab's are left, so that its report has them: the cluster goes anyway. After a
 * success they make room for other files.
 */
export function cleanAtEnd(...namespaces: readonly string[]): void {
  const { HAS_FAILED = false } = globalThis as { HAS_FAILED?: boolean };
  if (!HAS_FAILED || process.env.E2E_LAB !== 'yes') clean(...namespaces);
}

/** Volumes that nothing provisions stay "Released" when their claim goes: they are made available again. */
export function freeVolumes(): void {
  type Volume = { metadata: { name: string }; spec: { local?: object }; status: { phase: string } };
  const { items } = JSON.parse(kubectl(['get', 'pv', '-o', 'json'])) as { items: readonly Volume[] };
  for (const { metadata, spec, status } of items) {
    if (status.phase !== 'Released' || spec.local === undefined) continue;
    kubectl(['patch', 'pv', metadata.name, '--type=json', '-p', '[{"op":"remove","path":"/spec/claimRef"}]']);
  }
}

/** ClusterRoles and their bindings of one installation, by kind and name. @param instance namespace of the stack */
export const clusterRights = (instance: string): readonly string[] =>
  kubectl(['get', 'clusterroles,clusterrolebindings', '-l', `app.kubernetes.io/instance=${instance}`, '-o', 'name'])
    .trim()
    .split('\n')
    .filter(Boolean);
