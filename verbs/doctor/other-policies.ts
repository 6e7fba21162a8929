/** Policies of other kinds than NetworkPolicy: what they allow is not computed, but where they are is known. */
import { KubectlError } from '../kubectl-error';
import type { Reader } from './reader';

/**
 * Kinds that may let through what a NetworkPolicy does not: Cilium adds their rules to it, and Calico's and the cluster's own come
 * before it. A BaselineAdminNetworkPolicy comes after it.
 */
const KINDS =
  /^((ciliumnetworkpolicies|ciliumclusterwidenetworkpolicies)\.cilium\.io|(global)?networkpolicies\.(crd\.)?projectcalico\.org|(admin|cluster)networkpolicies\.policy\.networking\.k8s\.io)$/;

/** Where Calico's API server shows NetworkPolicies as its own. */
const CONVERTED = /\/knp\./;

/**
 * The namespaces with such policies; an empty name stands for the whole cluster, also where they may not be read.
 * @throws KubectlError if the API server is away
 */
export async function readOtherPolicies(reader: Reader): Promise<ReadonlySet<string>> {
  // It fails where one API of the cluster is away, and lists the others all the same.
  const args = ['api-resources', '--verbs=list', '-o', 'name', '--request-timeout=10s'];
  const { stdout, stderr, code } = await reader.kubectl.run(args);
  const error = new KubectlError(args, stderr);
  if (code !== 0 && error.isUnreachable) throw error;
  const kinds = stdout.split('\n').filter((name) => KINDS.test(name));
  if (kinds.length === 0) return new Set();
  const wanted = {
    resource: kinds.join(','),
    namespace: null,
    unchecked: 'network policies of other kinds than NetworkPolicy',
  };
  const template =
    'go-template={{range .items}}{{with .metadata.namespace}}{{.}}{{end}}/{{.metadata.name}}{{"\\n"}}{{end}}';
  const text = await reader.text(wanted, ['get', kinds.join(','), '--all-namespaces', '-o', template]);
  if (text === null) return new Set(['']);
  const paths = text.split('\n').filter((path) => path !== '' && !CONVERTED.test(path));
  return new Set(paths.map((path) => path.split('/')[0] ?? ''));
}
