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

/** A permission, as RBAC names it. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verb: string;
  /** @default - in the whole cluster */
  readonly namespace?: string;
}

interface Review extends Record<string, unknown> {
  readonly spec: { readonly resourceAttributes: Right };
  readonly status?: { readonly allowed: boolean };
}

/** The rights to do something with each kind of object in each of its namespaces. */
export function kindsOf(objects: readonly Manifest[], verbs: readonly string[]): readonly Right[] {
  const placeOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}`;
  const kinds = new Map(objects.map((manifest) => [placeOf(manifest), manifest]));
  return [...kinds.values()].flatMap((manifest) => verbs.map((verb) => rightFor(manifest, verb)));
}

function rightFor({ apiVersion, kind, metadata: { namespace } }: Manifest, verb: string): Right {
  const [group = '', version] = apiVersion.split('/');
  return {
    group: version === undefined ? '' : group,
    resource: resourceOf(kind),
    verb,
    ...(namespace !== undefined && { namespace }),
  };
}

/** Those rights that the user does not have. One request asks for all. */
export async function missingRights(kubectl: Kubectl, wanted: readonly Right[]): Promise<readonly Right[]> {
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

/**
 * Checks what the stack's own namespaces need. Other namespaces may be left out: `outsideNotes` says so.
 * @param also further rights that a command needs
 */
export async function missingPermissions(
  kubectl: Kubectl,
  { config: { namespace, environment }, keep, workloads }: Expected,
  also: readonly Right[] = [],
): Promise<Permissions> {
  const missing = await missingRights(kubectl, [
    ...kindsOf([...keep, ...workloads], ['create', 'patch']),
    { group: '', resource: 'secrets', verb: 'create', namespace },
    { group: '', resource: 'pods', verb: 'list', namespace },
    { group: '', resource: 'events', verb: 'list', namespace },
    ...also,
  ]);
  // An administrator of an existing namespace needs no cluster-scoped permissions.
  const exists = await canRead(kubectl, namespace);
  const needed = exists ? missing.filter((right) => right.namespace !== undefined) : missing;
  if (needed.length === 0) return { problems: [], skipsClusterScope: missing.length > 0 };
  const names = needed.map((right) => {
    const { namespace: place } = right;
    const where = place === undefined ? ' (cluster)' : place === namespace ? '' : ` (${place})`;
    return `${nameOf(right)}${where}`;
  });
  const user = await userOf(kubectl);
  const binding = `-n ${namespace} create rolebinding monitor --clusterrole=admin --user=${quoted(user)}`;
  const problem = {
    what: `user ${user} cannot ${names.join(', ')} in namespace ${namespace}`,
    fix: `ask a cluster administrator to apply dist/${environment}/keep and to grant the ClusterRole admin in that namespace: ${kubectl.commands.kubectl(binding)}`,
  };
  return { problems: [problem], skipsClusterScope: false };
}

/** A right as people read it: `create pods/exec`. */
export const nameOf = ({ verb, resource, subresource }: Right): string =>
  `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`;

/** The user's name; `YOU` if the API server does not say it, which it does from Kubernetes 1.28 on. */
export async function userOf(kubectl: Kubectl): Promise<string> {
  const who = await kubectl.run(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}']);
  return who.code !== 0 || who.stdout === '' ? 'YOU' : who.stdout;
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
