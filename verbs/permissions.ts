import type { Manifest } from '../stack/checks/manifest';
import { quoted } from './commands';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { VerbProblem } from './terminal';

/** The resource name of a kind, as RBAC uses it. */
const resourceOf = (kind: string): string => {
  const word = kind.toLowerCase();
  return /(s|x|ch)$/.test(word) ? `${word}es` : word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
};

/** A permission, as RBAC knows it. Without a namespace: in the whole cluster. */
interface Permission {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly namespace?: string;
}

interface Review extends Record<string, unknown> {
  readonly spec: { readonly resourceAttributes: Permission };
  readonly status?: { readonly allowed: boolean };
}

/** The permissions to do something with each kind of object in each of its namespaces. */
export function kindsOf(objects: readonly Manifest[], verbs: readonly string[]): readonly Permission[] {
  const placeOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}`;
  const kinds = new Map(objects.map((manifest) => [placeOf(manifest), manifest]));
  return [...kinds.values()].flatMap((manifest) => verbs.map((verb) => permissionFor(manifest, verb)));
}

function permissionFor({ apiVersion, kind, metadata: { namespace } }: Manifest, verb: string): Permission {
  const [group = '', version] = apiVersion.split('/');
  return {
    group: version === undefined ? '' : group,
    resource: resourceOf(kind),
    verb,
    ...(namespace !== undefined && { namespace }),
  };
}

/** Those permissions that the user does not have. One request asks for all. */
export async function deniedOf(kubectl: Kubectl, wanted: readonly Permission[]): Promise<readonly Permission[]> {
  const items = wanted.map((resourceAttributes) => ({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  }));
  const list = { apiVersion: 'v1', kind: 'List', items };
  const answer = await kubectl.text(['create', '-f', '-', '-o', 'json'], JSON.stringify(list));
  return parseAll(answer)
    .filter(({ status }) => status?.allowed !== true)
    .map(({ spec }) => spec.resourceAttributes);
}

/** Missing permissions. Cluster-scoped ones are not needed if the namespace exists already. */
export interface Permissions {
  readonly problems: readonly VerbProblem[];
  readonly skipsClusterScope: boolean;
}

/** Checks what the stack's own namespaces need. Other namespaces may be left out: `outsideNotes` says so. */
export async function missingPermissions(kubectl: Kubectl, expected: Expected): Promise<Permissions> {
  const { config, keep, workloads } = expected;
  const { namespace } = config;
  const missing = await deniedOf(kubectl, [
    ...kindsOf([...keep, ...workloads], ['create', 'patch']),
    { group: '', resource: 'secrets', verb: 'create', namespace },
    { group: '', resource: 'pods', verb: 'list', namespace },
    { group: '', resource: 'events', verb: 'list', namespace },
  ]);
  // An administrator of an existing namespace needs no cluster-scoped permissions.
  const exists = await canRead(kubectl, namespace);
  const needed = exists ? missing.filter((permission) => permission.namespace !== undefined) : missing;
  if (needed.length === 0) return { problems: [], skipsClusterScope: missing.length > 0 };
  const permissions = needed.map(({ verb, resource, namespace: place }) => {
    const where = place === undefined ? ' (cluster)' : place === namespace ? '' : ` (${place})`;
    return `${verb} ${resource}${where}`;
  });
  // An API server before Kubernetes 1.28 does not support it.
  const who = await kubectl.run(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}']);
  const user = who.code !== 0 || who.stdout === '' ? 'YOU' : who.stdout;
  const binding = `-n ${namespace} create rolebinding monitor --clusterrole=admin --user=${quoted(user)}`;
  const problem = {
    what: `user ${user} cannot ${permissions.join(', ')} in namespace ${namespace}`,
    fix: `ask a cluster administrator to apply dist/${config.environment}/keep and to grant the ClusterRole admin in that namespace: ${kubectl.commands.kubectl(binding)}`,
  };
  return { problems: [problem], skipsClusterScope: false };
}

/** Whether the namespace exists and its objects can be read. @throws KubectlError if the request failed */
async function canRead(kubectl: Kubectl, namespace: string): Promise<boolean> {
  const args = ['get', 'serviceaccount', 'default', '-n', namespace, '--ignore-not-found', '-o', 'name'];
  return ((await kubectl.allowed(args)) ?? '') !== '';
}

/** kubectl prints several objects as a List, or one after the other. */
function parseAll(text: string): Review[] {
  const documents = text.trim().split(/\n(?=\{)/);
  return documents.flatMap((document) => {
    const parsed = JSON.parse(document) as { items?: Review[] } & Review;
    return parsed.items ?? [parsed];
  });
}
