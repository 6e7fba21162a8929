/** What must hold before anything is applied. All problems are found at once, each with its fix. */
import type { Expected } from './expected';
import type { Forward } from './forward';
import type { Kubectl } from './kubectl';
import { takenPorts } from './local-ports';
import type { Pod } from './objects';
import { missingRights } from './rights';
import { createSecret, requiredSecrets, type SecretUse } from './secrets';
import { OURS } from './state';
import { unusableStorage } from './storage';
import { type Trouble, VerbError } from './terminal';

/** What a preflight has found that stops nothing. */
export interface Clearance {
  /** What is worth saying. */
  readonly notes: readonly string[];
  /** Whether objects outside namespaces are left as they are: the namespace exists, and we may not change them. */
  readonly skipsClusterScope: boolean;
  /** What can be forwarded. */
  readonly forwards: readonly Forward[];
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
  const [pods, storage, secrets, absent, ports] = await Promise.all([
    foreignPods(kubectl, expected),
    unusableStorage(kubectl, expected),
    missingSecrets(kubectl, expected),
    missingNamespaces(kubectl, expected),
    takenPorts(forwards),
  ]);
  const problems = [...pods, ...storage, ...secrets, ...ports.flatMap(portTrouble)];
  if (problems.length > 0) throw new VerbError(problems);
  const { namespace } = expected.config;
  const skipped = `You may not change objects outside namespaces: the Namespace ${namespace} and the like stay as they are.`;
  return {
    notes: [
      ...(skipsClusterScope ? [skipped, ...kubeletNote(expected)] : []),
      ...absent,
      ...ports.map(
        ({ title, local }) => `Port ${local} of this machine is taken by another program: ${title} is not forwarded.`,
      ),
    ],
    skipsClusterScope,
    forwards: forwards.filter((forward) => !ports.includes(forward)),
  };
}

/** Where a variable names another port, nobody need go without. */
const portTrouble = ({ local, variable, service }: Forward): Trouble[] =>
  variable === null
    ? []
    : [
        {
          what: `port ${local} of this machine, for ${service}, is taken by another program`,
          fix: `${variable}=PORT for another one, or end that program, or FORWARD=no to forward nothing`,
        },
      ];

/** Who may not make a ClusterRole cannot see either whether somebody else has made it. */
function kubeletNote({ config: { kubelet, environment } }: Expected): string[] {
  if (!kubelet.enabled) return [];
  return [
    `Prometheus finds the kubelets only once an administrator has applied dist/${environment}/keep; kubelet.enabled: false goes without them.`,
  ];
}

/** Kinds that this API server does not serve: custom resources that are not installed, or a version it does not have. */
async function unknownKinds(kubectl: Kubectl, { config, keep, workloads, outside }: Expected): Promise<Trouble[]> {
  const served = new Set((await kubectl.text(['api-versions', '--request-timeout=10s'])).trim().split('\n'));
  const unknown = [...keep, ...workloads, ...outside.flatMap(({ objects }) => objects)].filter(
    ({ apiVersion }) => !served.has(apiVersion),
  );
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

/** Secrets that pods cannot start without. The administrator's is made by monitor-up. */
async function missingSecrets(kubectl: Kubectl, expected: Expected): Promise<Trouble[]> {
  const { namespace, grafana } = expected.config;
  const wanted = [...requiredSecrets(expected)].filter(([secret]) => secret !== grafana.admin.secretName);
  if (wanted.length === 0) return [];
  const toTrouble = ([secret, use]: readonly [string, SecretUse]): Trouble => ({
    what: `the Secret ${secret}, which ${use.users.join(', ')} need${use.users.length === 1 ? 's' : ''}, is not in namespace ${namespace}`,
    fix: createSecret(kubectl.commands, namespace, secret, use),
  });
  const there = await kubectl.text(['get', 'secrets', '-n', namespace, '-o', 'name', '--request-timeout=10s']);
  const names = new Set(there.split('\n'));
  const missing = wanted.filter(([secret]) => !names.has(`secret/${secret}`));
  if (missing.length === 0 || (await hasNamespace(kubectl, namespace))) return missing.map(toTrouble);
  const keep = kubectl.commands.kubectl(`apply --server-side -f dist/${expected.config.environment}/keep`);
  return [
    { what: `Secrets are needed, and there is no namespace ${namespace} yet`, fix: keep },
    ...missing.map(toTrouble),
  ];
}

/** Jan Server need not be there, nor need a model server. */
async function missingNamespaces(kubectl: Kubectl, { outside }: Expected): Promise<string[]> {
  const there = await Promise.all(outside.map(({ namespace }) => hasNamespace(kubectl, namespace)));
  return outside
    .filter((_place, index) => there[index] === false)
    .map(
      ({ namespace }) =>
        `The namespace ${namespace} does not exist yet: the stack gets no rights there. Run ${kubectl.commands.make('monitor-up')} again when there is one.`,
    );
}

/** Whether a namespace exists. Where we may not ask, it is taken to exist: what is done in it then says so itself. */
export async function hasNamespace(kubectl: Kubectl, name: string): Promise<boolean> {
  const args = ['get', 'namespace', name, '--ignore-not-found', '-o', 'name', '--request-timeout=10s'];
  return (await kubectl.allowed(args)) !== '';
}
