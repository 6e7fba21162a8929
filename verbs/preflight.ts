/** Checks before anything is applied. All problems are reported at once, each with its fix. */
import type { Expected } from './expected';
import type { Forward } from './forward';
import type { Kubectl } from './kubectl';
import { portsInUse } from './local-ports';
import { hasNamespace } from './namespaces';
import type { Pod } from './objects';
import { outsideNotes } from './outside';
import { OURS } from './ownership';
import { missingPermissions, type Right } from './permissions';
import { createSecret, requiredSecrets, type SecretUse } from './secrets';
import { unusableStorage } from './storage';
import { VerbError, type VerbProblem } from './terminal';

/** The result of a preflight without problems. */
export interface PreflightResult {
  /** Remarks to print. */
  readonly notes: readonly string[];
  /** Whether cluster-scoped objects are not applied: the namespace exists, and the permission to change them is missing. */
  readonly skipsClusterScope: boolean;
  /** The forwards whose local port is free. */
  readonly forwards: readonly Forward[];
}

/**
 * Checks the cluster and this machine.
 * @param forwards ports to forward
 * @param rights further ones that the command needs in the stack's namespace
 * @throws VerbError with every problem
 */
export async function preflight(
  kubectl: Kubectl,
  expected: Expected,
  forwards: readonly Forward[],
  rights: readonly Right[] = [],
): Promise<PreflightResult> {
  const [unknown, { problems: permissions, skipsClusterScope }] = await Promise.all([
    unknownKinds(kubectl, expected),
    missingPermissions(kubectl, expected, rights),
  ]);
  // Without these permissions the other checks cannot be made.
  if (unknown.length + permissions.length > 0) throw new VerbError([...unknown, ...permissions]);
  const [pods, storage, secrets, outside, ports] = await Promise.all([
    foreignPods(kubectl, expected),
    unusableStorage(kubectl, expected),
    missingSecrets(kubectl, expected),
    outsideNotes(kubectl, expected),
    portsInUse(forwards),
  ]);
  const problems = [...pods, ...storage, ...secrets, ...ports.flatMap(portProblem)];
  if (problems.length > 0) throw new VerbError(problems);
  const { namespace } = expected.config;
  const skipped = `You cannot change cluster-scoped objects: the Namespace ${namespace} and others are left as they are.`;
  return {
    notes: [
      ...(skipsClusterScope ? [skipped, ...kubeletNote(expected)] : []),
      ...outside,
      ...ports.map(
        ({ title, local }) => `Local port ${local} is in use by another program: ${title} is not forwarded.`,
      ),
    ],
    skipsClusterScope,
    forwards: forwards.filter((forward) => !ports.includes(forward)),
  };
}

/** A port without a variable is only reported: it is skipped, and the rest is forwarded. */
const portProblem = ({ local, variable, service }: Forward): VerbProblem[] =>
  variable === null
    ? []
    : [
        {
          what: `local port ${local}, for ${service}, is in use by another program`,
          fix: `set ${variable}=PORT to another port, stop that program, or set FORWARD=no`,
        },
      ];

/** Without the permission to create a ClusterRole it is also unknown whether it exists already. */
function kubeletNote({ config: { kubelet, environment } }: Expected): string[] {
  if (!kubelet.enabled) return [];
  return [
    `Prometheus can scrape the kubelets only after an administrator has applied dist/${environment}/keep. To do without them, set kubelet.enabled: false.`,
  ];
}

/** Kinds that this API server does not serve: custom resources that are not installed, or an API version that it does not have. */
async function unknownKinds(kubectl: Kubectl, { config, keep, workloads, outside }: Expected): Promise<VerbProblem[]> {
  const served = new Set((await kubectl.text(['api-versions', '--request-timeout=10s'])).trim().split('\n'));
  const unknown = [...keep, ...workloads, ...outside.flatMap(({ objects }) => objects)].filter(
    ({ apiVersion }) => !served.has(apiVersion),
  );
  return [...new Set(unknown.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`))].map((what) => ({
    what: `the cluster does not serve ${what}`,
    fix: what.startsWith('cilium.io')
      ? `install Cilium, or set network.engine: kubernetes in environments/${config.environment}.yaml`
      : 'use Kubernetes 1.29 or newer',
  }));
}

/** Other pods in the namespace: the restricted Pod Security level, which it will enforce, could reject them. */
async function foreignPods(kubectl: Kubectl, { config: { namespace } }: Expected): Promise<VerbProblem[]> {
  const pods = await kubectl.list<Pod>('pods', '-n', namespace, '-l', `${OURS.replace('=', '!=')}`);
  if (pods.length === 0) return [];
  const names = pods.slice(0, 5).map(({ metadata }) => metadata.name);
  return [
    {
      what: `namespace ${namespace} has pods of other applications: ${names.join(', ')}${pods.length > 5 ? `, and ${pods.length - 5} more` : ''}`,
      fix: 'set another namespace in the environment file, or move those pods: this one will enforce the restricted Pod Security level',
    },
  ];
}

/** Secrets without which pods cannot start. monitor-up creates the one of Grafana's administrator. */
async function missingSecrets(kubectl: Kubectl, expected: Expected): Promise<VerbProblem[]> {
  const { namespace, grafana } = expected.config;
  const required = [...requiredSecrets(expected)].filter(([secret]) => secret !== grafana.admin.secretName);
  if (required.length === 0) return [];
  const toProblem = ([secret, use]: readonly [string, SecretUse]): VerbProblem => ({
    what: `Secret ${secret} is missing in namespace ${namespace}; it is used by ${use.users.join(', ')}`,
    fix: createSecret(kubectl.commands, namespace, secret, use),
  });
  const existing = await kubectl.text(['get', 'secrets', '-n', namespace, '-o', 'name', '--request-timeout=10s']);
  const names = new Set(existing.split('\n'));
  const missing = required.filter(([secret]) => !names.has(`secret/${secret}`));
  if (missing.length === 0 || (await hasNamespace(kubectl, namespace))) return missing.map(toProblem);
  const keep = kubectl.commands.kubectl(`apply --server-side -f dist/${expected.config.environment}/keep`);
  return [{ what: `Secrets are missing, and so is the namespace ${namespace}`, fix: keep }, ...missing.map(toProblem)];
}
