/** What must hold before anything is applied. All problems are found at once, each with its fix. */
import { createServer } from 'node:net';
import { type Expected, storageClasses } from './expected';
import type { Forward } from './forward';
import { type Kubectl, KubectlError } from './kubectl';
import type { Claim, Meta, Pod } from './objects';
import { missingRights } from './rights';
import { createSecret, requiredSecrets, type SecretUse } from './secrets';
import { OURS } from './state';
import { type Trouble, VerbError } from './terminal';

/** What a preflight has found that stops nothing. */
export interface Clearance {
  /** What is worth saying. */
  readonly notes: readonly string[];
  /** Whether objects outside namespaces are left as they are: the namespace exists, and we may not change them. */
  readonly skipsClusterScope: boolean;
}

/**
 * Checks the cluster and this machine.
 * @param forwards ports of this machine that will be forwarded
 * @throws VerbError with every problem
 */
export async function preflight(
  kubectl: Kubectl,
  expected: Expected,
  forwards: readonly Forward[],
): Promise<Clearance> {
  const [unknown, { problems: rights, skipsClusterScope }] = await Promise.all([
    unknownKinds(kubectl, expected),
    missingRights(kubectl, expected),
  ]);
  // Without rights the other questions have no answers.
  if (unknown.length + rights.length > 0) throw new VerbError([...unknown, ...rights]);
  const [pods, storage, secrets, jan, ports] = await Promise.all([
    foreignPods(kubectl, expected),
    unusableStorage(kubectl, expected),
    missingSecrets(kubectl, expected),
    janNamespace(kubectl, expected),
    takenPorts(forwards),
  ]);
  const problems = [...pods, ...storage, ...secrets, ...ports];
  if (problems.length > 0) throw new VerbError(problems);
  const { namespace } = expected.config;
  const skipped = `You may not change objects outside namespaces: the Namespace ${namespace} and the like stay as they are.`;
  return { notes: [...(skipsClusterScope ? [skipped] : []), ...jan], skipsClusterScope };
}

/** Kinds that this API server does not serve: custom resources that are not installed, or a version it does not have. */
async function unknownKinds(kubectl: Kubectl, { config, keep, workloads, janServer }: Expected): Promise<Trouble[]> {
  const served = new Set((await kubectl.text(['api-versions', '--request-timeout=10s'])).trim().split('\n'));
  const unknown = [...keep, ...workloads, ...janServer].filter(({ apiVersion }) => !served.has(apiVersion));
  return [...new Set(unknown.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))].map((what) => ({
    what: `the cluster does not serve ${what}`,
    fix: what.startsWith('cilium.io')
      ? `install Cilium, or set network.engine: kubernetes in environments/${config.environment}.yaml`
      : 'a Kubernetes from 1.29 on',
  }));
}

/** A namespace with other pods: it enforces the restricted level, which could refuse theirs. */
async function foreignPods(kubectl: Kubectl, { config: { namespace } }: Expected): Promise<Trouble[]> {
  const pods = await kubectl.list<Pod>('pods', '-n', namespace, '-l', `${OURS.replace('=', '!=')}`);
  if (pods.length === 0) return [];
  const names = pods.slice(0, 5).map(({ metadata }) => metadata.name);
  return [
    {
      what: `namespace ${namespace} has pods that are not ours: ${names.join(', ')}${pods.length > 5 ? `, and ${pods.length - 5} more` : ''}`,
      fix: 'set another namespace in the environment file, or move those pods: ours enforces the restricted Pod Security level',
    },
  ];
}

interface StorageClass extends Meta {
  readonly provisioner: string;
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Claims that are bound need no class any more. */
async function unusableStorage(kubectl: Kubectl, expected: Expected): Promise<Trouble[]> {
  const { namespace } = expected.config;
  const answer = await kubectl.run(['get', 'storageclass', '-o', 'json', '--request-timeout=10s']);
  // Not everyone may list what is not in a namespace; then the claims' own events say it later.
  if (answer.code !== 0) return [];
  const classes = (JSON.parse(answer.stdout) as { items: readonly StorageClass[] }).items;
  const claims = await kubectl.list<Claim>('persistentvolumeclaims', '-n', namespace, '-l', OURS);
  if (claims.length > 0 && claims.every(({ status }) => status?.phase === 'Bound')) return [];
  const names = classes.map(({ metadata }) => metadata.name).join(', ');
  return [...storageClasses(expected)].flatMap((wanted) => {
    const usable = classes.some(({ metadata: { name, annotations } }) =>
      wanted === null ? annotations?.[DEFAULT_CLASS] === 'true' : name === wanted,
    );
    if (usable) return [];
    const what =
      wanted === null
        ? `the cluster has no default StorageClass; it has ${names === '' ? 'none at all' : names}`
        : `the cluster has no StorageClass ${wanted}; it has ${names === '' ? 'none at all' : names}`;
    const fix =
      names === ''
        ? "install a provisioner, as Rancher's local-path-provisioner, or the CSI driver of your cloud"
        : 'storage.className in the environment file, with one of these names';
    return [{ what, fix }];
  });
}

/** Secrets that pods cannot start without. The administrator's is made by monitor-up. */
async function missingSecrets(kubectl: Kubectl, expected: Expected): Promise<Trouble[]> {
  const { namespace, grafana } = expected.config;
  const wanted = [...requiredSecrets(expected)].filter(([secret]) => secret !== grafana.admin.secretName);
  if (wanted.length === 0) return [];
  const toTrouble = ([secret, use]: readonly [string, SecretUse]): Trouble => ({
    what: `the Secret ${secret}, which ${use.users.join(', ')} need${use.users.length === 1 ? 's' : ''}, is not in namespace ${namespace}`,
    fix: createSecret(namespace, secret, use),
  });
  const there = await kubectl.run(['get', 'secrets', '-n', namespace, '-o', 'name', '--request-timeout=10s']);
  const names = new Set(there.stdout.split('\n'));
  const missing = wanted.filter(([secret]) => !names.has(`secret/${secret}`));
  if (missing.length === 0 || (await hasNamespace(kubectl, namespace))) return missing.map(toTrouble);
  const keep = `kubectl apply --server-side -f dist/${expected.config.environment}/keep`;
  return [
    { what: `Secrets are needed, and there is no namespace ${namespace} yet`, fix: keep },
    ...missing.map(toTrouble),
  ];
}

/** Jan Server need not be there. */
async function janNamespace(kubectl: Kubectl, { config: { janServer } }: Expected): Promise<string[]> {
  if (janServer === null || (await hasNamespace(kubectl, janServer.namespace))) return [];
  return [
    `The namespace ${janServer.namespace} does not exist yet: Prometheus and the Collector get no rights there. Run make monitor-up again when Jan Server is installed.`,
  ];
}

/** Whether a namespace exists. Where we may not ask, it is taken to exist: what is done in it then says so itself. */
export async function hasNamespace(kubectl: Kubectl, name: string): Promise<boolean> {
  const args = ['get', 'namespace', name, '--ignore-not-found', '-o', 'name', '--request-timeout=10s'];
  const { code, stdout, stderr } = await kubectl.run(args);
  if (code !== 0 && !stderr.includes('Forbidden')) throw new KubectlError(args, stderr);
  return code !== 0 || stdout !== '';
}

async function takenPorts(forwards: readonly Forward[]): Promise<Trouble[]> {
  const free = await Promise.all(forwards.map(({ local }) => isFree(local)));
  return forwards
    .filter((_forward, index) => free[index] === false)
    .map(({ local, variable, service }) => ({
      what: `port ${local} of this machine, for ${service}, is taken by another program`,
      fix: `${variable}=PORT for another one, or end that program, or FORWARD=no to forward nothing`,
    }));
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
