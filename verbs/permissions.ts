import type { Manifest } from '../stack/checks/manifest';
import { quoted } from './commands';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import { VerbError, type VerbProblem } from './terminal';

/** The resource name of a kind, as RBAC uses it. */
const resourceOf = (kind: string): string => {
  const word = kind.toLowerCase();
  return /(s|x|ch)$/.test(word) ? `${word}es` : word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
};

/** A right in the stack's namespace, as RBAC names it. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verb: string;
}

interface Review extends Record<string, unknown> {
  readonly spec: {
    readonly resourceAttributes: Right & { readonly namespace?: string };
  };
  readonly status?: { readonly allowed: boolean };
}

function reviewsOf({ config, keep, workloads }: Expected, rights: readonly Right[]): Review[] {
  const placeOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}`;
  const kinds = new Map([...keep, ...workloads].map((manifest) => [placeOf(manifest), manifest]));
  const rendered = [...kinds.values()].flatMap((manifest) =>
    ['create', 'patch'].map((verb) => attributesOf(manifest, verb)),
  );
  const { namespace } = config;
  const also = [
    { group: '', resource: 'secrets', verb: 'create', namespace },
    { group: '', resource: 'pods', verb: 'list', namespace },
    { group: '', resource: 'events', verb: 'list', namespace },
    ...rights.map((right) => ({ ...right, namespace })),
  ];
  return [...rendered, ...also].map(reviewOf);
}

const reviewOf = (resourceAttributes: Review['spec']['resourceAttributes']): Review => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SelfSubjectAccessReview',
  spec: { resourceAttributes },
});

function attributesOf({ apiVersion, kind, metadata: { namespace } }: Manifest, verb: string) {
  const [group = '', version] = apiVersion.split('/');
  return {
    group: version === undefined ? '' : group,
    resource: resourceOf(kind),
    verb,
    ...(namespace !== undefined && { namespace }),
  };
}

/** Missing permissions. Cluster-scoped ones are not needed if the namespace exists already. */
export interface Permissions {
  readonly problems: readonly VerbProblem[];
  readonly skipsClusterScope: boolean;
}

/** Checks every permission in one request. @param rights further ones in the stack's namespace */
export async function missingPermissions(
  kubectl: Kubectl,
  expected: Expected,
  rights: readonly Right[] = [],
): Promise<Permissions> {
  const missing = await refused(kubectl, reviewsOf(expected, rights));
  const isNamespaced = ({ spec }: Review) => spec.resourceAttributes.namespace !== undefined;
  // An administrator of an existing namespace needs no cluster-scoped permissions.
  const exists = await canRead(kubectl, expected.config.namespace);
  const needed = exists ? missing.filter(isNamespaced) : missing;
  if (needed.length === 0) return { problems: [], skipsClusterScope: missing.length > 0 };
  return { problems: [await problemOf(kubectl, expected, needed)], skipsClusterScope: false };
}

/**
 * Checks rights in the stack's namespace in one request.
 * @throws VerbError with those that are missing
 */
export async function requireRights(kubectl: Kubectl, expected: Expected, rights: readonly Right[]): Promise<void> {
  const { namespace } = expected.config;
  const missing = await refused(
    kubectl,
    rights.map((right) => reviewOf({ ...right, namespace })),
  );
  if (missing.length > 0) throw new VerbError([await problemOf(kubectl, expected, missing)]);
}

async function refused(kubectl: Kubectl, reviews: readonly Review[]): Promise<readonly Review[]> {
  const list = { apiVersion: 'v1', kind: 'List', items: reviews };
  const answer = await kubectl.text(['create', '-f', '-', '-o', 'json'], JSON.stringify(list));
  return parseAll(answer).filter(({ status }) => status?.allowed !== true);
}

async function problemOf(kubectl: Kubectl, expected: Expected, missing: readonly Review[]): Promise<VerbProblem> {
  const { namespace, environment } = expected.config;
  const permissions = missing.map((review) => {
    const { verb, resource, subresource, namespace: place } = review.spec.resourceAttributes;
    const where = place === undefined ? ' (cluster)' : place === namespace ? '' : ` (${place})`;
    return `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}${where}`;
  });
  // An API server before Kubernetes 1.28 does not support it.
  const who = await kubectl.run(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}']);
  const user = who.code !== 0 || who.stdout === '' ? 'YOU' : who.stdout;
  const binding = `-n ${namespace} create rolebinding monitor --clusterrole=admin --user=${quoted(user)}`;
  return {
    what: `user ${user} cannot ${permissions.join(', ')} in namespace ${namespace}`,
    fix: `ask a cluster administrator to apply dist/${environment}/keep and to grant the ClusterRole admin in that namespace: ${kubectl.commands.kubectl(binding)}`,
  };
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
