import type { Manifest } from '../stack/checks/manifest';
import { quoted } from './commands';
import type { Expected } from './expected';
import type { Kubectl } from './kubectl';
import type { Trouble } from './terminal';

/** Plural of a kind, as rights name it. */
const resourceOf = (kind: string): string => {
  const word = kind.toLowerCase();
  return /(s|x|ch)$/.test(word) ? `${word}es` : word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
};

interface Review extends Record<string, unknown> {
  readonly spec: {
    readonly resourceAttributes: { readonly resource: string; readonly verb: string; readonly namespace?: string };
  };
  readonly status?: { readonly allowed: boolean };
}

function reviewsOf({ config, keep, workloads }: Expected): Review[] {
  const placeOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}`;
  const kinds = new Map([...keep, ...workloads].map((manifest) => [placeOf(manifest), manifest]));
  const wanted = [...kinds.values()].flatMap((manifest) =>
    ['create', 'patch'].map((verb) => attributesOf(manifest, verb)),
  );
  const { namespace } = config;
  const also = [
    { group: '', resource: 'secrets', verb: 'create', namespace },
    { group: '', resource: 'pods', verb: 'list', namespace },
    { group: '', resource: 'events', verb: 'list', namespace },
  ];
  return [...wanted, ...also].map((resourceAttributes) => ({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  }));
}

function attributesOf({ apiVersion, kind, metadata: { namespace } }: Manifest, verb: string) {
  const [group = '', version] = apiVersion.split('/');
  return {
    group: version === undefined ? '' : group,
    resource: resourceOf(kind),
    verb,
    ...(namespace !== undefined && { namespace }),
  };
}

/** What is missing, and whether only rights outside namespaces are: those are not needed where the namespace exists. */
export interface Rights {
  readonly problems: readonly Trouble[];
  readonly skipsClusterScope: boolean;
}

/** Asks for every right in one call. */
export async function missingRights(kubectl: Kubectl, expected: Expected): Promise<Rights> {
  const reviews = reviewsOf(expected);
  const list = { apiVersion: 'v1', kind: 'List', items: reviews };
  const answer = await kubectl.text(['create', '-f', '-', '-o', 'json'], JSON.stringify(list));
  const missing = parseAll(answer).filter(({ status }) => status?.allowed !== true);
  const isNamespaced = ({ spec }: Review) => spec.resourceAttributes.namespace !== undefined;
  // An administrator of one namespace that exists already needs no rights beyond it.
  const { namespace } = expected.config;
  const exists = await isOpen(kubectl, namespace);
  const refused = exists ? missing.filter(isNamespaced) : missing;
  if (refused.length === 0) return { problems: [], skipsClusterScope: missing.length > 0 };
  const rights = refused.map((review) => {
    const { verb, resource, namespace: place } = review.spec.resourceAttributes;
    const where = place === undefined ? ' (cluster)' : place === namespace ? '' : ` (${place})`;
    return `${verb} ${resource}${where}`;
  });
  // An API server before Kubernetes 1.28 does not say it.
  const who = await kubectl.run(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}']);
  const user = who.code !== 0 || who.stdout === '' ? 'YOU' : who.stdout;
  const binding = `-n ${namespace} create rolebinding monitor --clusterrole=admin --user=${quoted(user)}`;
  const problem = {
    what: `${user} may not: ${rights.join(', ')} in namespace ${namespace}`,
    fix: `ask an administrator of the cluster to apply dist/${expected.config.environment}/keep, and for the ClusterRole admin in that namespace: ${kubectl.commands.kubectl(binding)}`,
  };
  return { problems: [problem], skipsClusterScope: false };
}

/** Whether the namespace exists, and we may look into it. @throws KubectlError where the API server could not be asked */
async function isOpen(kubectl: Kubectl, namespace: string): Promise<boolean> {
  const args = ['get', 'serviceaccount', 'default', '-n', namespace, '--ignore-not-found', '-o', 'name'];
  return ((await kubectl.allowed(args)) ?? '') !== '';
}

/** kubectl writes a List for several objects, or the objects one after the other. */
function parseAll(text: string): Review[] {
  const documents = text.trim().split(/\n(?=\{)/);
  return documents.flatMap((document) => {
    const parsed = JSON.parse(document) as { items?: Review[] } & Review;
    return parsed.items ?? [parsed];
  });
}
