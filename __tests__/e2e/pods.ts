/** Pods of the tests' own: small programs in Node's image, with their bundle in a ConfigMap. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { NODE_IMAGE } from '../../lab/cluster/images';
import { apply, kubectl, until } from '../cluster/cluster';

type Variables = Readonly<Record<string, string>>;

/** A program of `programs/` in a pod. */
export interface ProgramPod {
  readonly name: string;
  readonly namespace: string;
  readonly program: string;
  readonly env?: Variables;
  readonly labels?: Variables;
  /** A container that runs until it is deleted. @default false */
  readonly isServer?: boolean;
  readonly port?: number;
}

const bundles = new Map<string, string>();

/** A program as one file. */
function bundleOf(program: string): string {
  const found = bundles.get(program);
  if (found !== undefined) return found;
  const entry = join(__dirname, 'programs', `${program}.ts`);
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    write: false,
  });
  const text = outputFiles[0]?.text ?? '';
  bundles.set(program, text);
  return text;
}

/** A program as a file, for running it on this machine. */
export function bundleFile(program: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'e2e-program-')), `${program}.js`);
  writeFileSync(file, bundleOf(program));
  return file;
}

const isRestricted = {
  runAsNonRoot: true,
  runAsUser: 1000,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Starts a pod. */
export function startPod({
  name,
  namespace,
  program,
  env = {},
  labels = {},
  isServer = false,
  port,
}: ProgramPod): void {
  const config = `e2e-${program}`;
  // Server-side: a bundle is larger than the annotation that a client-side apply makes.
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: config, namespace },
    data: { 'main.js': bundleOf(program) },
  };
  kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(map));
  apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'main',
          image: NODE_IMAGE,
          imagePullPolicy: 'IfNotPresent',
          command: ['node', '/program/main.js'],
          env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
          ...(port !== undefined && {
            ports: [{ name: 'http', containerPort: port }],
            readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
          }),
          securityContext: isRestricted,
          volumeMounts: [{ name: 'program', mountPath: '/program' }],
        },
      ],
      volumes: [{ name: 'program', configMap: { name: config } }],
    },
  });
  if (isServer) kubectl(['-n', namespace, 'wait', 'pod', name, '--for=condition=Ready', '--timeout=60s']);
}

const phaseOf = (namespace: string, name: string) =>
  kubectl(['-n', namespace, 'get', 'pod', name, '-o', 'jsonpath={.status.phase}']);

/** Waits until a pod has ended well, and gives what its program printed last. */
export async function resultOf<Result>(
  { namespace, name }: Pick<ProgramPod, 'namespace' | 'name'>,
  seconds = 120,
): Promise<Result> {
  await until(() => ['Succeeded', 'Failed'].includes(phaseOf(namespace, name)), `pod ${name} to end`, seconds);
  const log = kubectl(['-n', namespace, 'logs', name]);
  if (phaseOf(namespace, name) === 'Failed') throw new Error(`pod ${name} failed:\n${log}`);
  kubectl(['-n', namespace, 'delete', 'pod', name]);
  return JSON.parse(log.trim().split('\n').at(-1) ?? '') as Result;
}

/** Runs a program to its end. */
export function runPod<Result>(pod: ProgramPod, seconds?: number): Promise<Result> {
  startPod(pod);
  return resultOf<Result>(pod, seconds);
}
