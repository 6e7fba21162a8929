/** Who may try to connect to whom: our pods, Jan Server's, strangers, and addresses outside. */
import type { ManifestSet } from '../manifests';
import type { JanPod, Need, PodElsewhere } from '../needs';
import { type Pod, podsOf } from '../pods';

/** One end of a connection. */
export interface Peer {
  readonly name: string;
  /** Null: outside the cluster. */
  readonly namespace: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly ports: readonly Port[];
}

/** A port that is tried. */
export interface Port {
  readonly number: number;
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
}

/** Everybody. */
export interface Scene {
  readonly ours: readonly Peer[];
  readonly jan: readonly Peer[];
  readonly strangers: readonly Peer[];
  readonly outside: Peer;
}

const tcp = (number: number): Port => ({ number, name: '', protocol: 'TCP' });
/** Where names are asked for. */
export const DNS_PORTS: readonly Port[] = [tcp(53), { number: 53, name: '', protocol: 'UDP' }];

/** A port that nothing needs anywhere. */
const UNNEEDED = tcp(2222);

/** kube-dns, as every cluster labels it, and NodeLocal DNSCache. */
export const NAME_SERVERS: readonly Peer[] = [
  {
    name: 'kube-dns',
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
    ip: '10.0.250.1',
    ports: DNS_PORTS,
  },
  { name: 'NodeLocal DNSCache', namespace: null, labels: {}, ip: '169.254.20.10', ports: DNS_PORTS },
];

/** Where clouds hand out credentials: nobody needs it, and "any address" must leave it out. */
export const METADATA: Peer = {
  name: 'cloud metadata',
  namespace: null,
  labels: {},
  ip: '169.254.169.254',
  ports: [tcp(80), tcp(443)],
};

/** The ports that are tried: a pod's, and one that nobody needs. */
export const portsOf = ({ namespace, ports }: Peer): readonly Port[] =>
  namespace === null ? ports : [...ports, UNNEEDED];

/** Everybody of a set. */
export function sceneOf(set: ManifestSet, needs: readonly Need[]): Scene {
  const jan = janPeers(needs);
  return {
    // No policy is about a pod in the network of its node.
    ours: podsOf(set)
      .filter(({ spec }) => spec.hostNetwork !== true)
      .map((pod, index) => ownPeer(pod, `10.0.1.${index + 1}`)),
    jan,
    strangers: [...strangersIn(jan[0]?.namespace ?? null), ...elsewhere(needs)],
    outside: {
      name: 'outside',
      namespace: null,
      labels: {},
      ip: '203.0.113.9',
      // 25 is needed by nobody who sends no mail.
      ports: [...new Set([...needs.flatMap(({ to }) => (to.kind === 'outside' ? [to.port] : [])), 25, 443])].map(tcp),
    },
  };
}

const ownPeer = ({ name, namespace, labels, spec }: Pod, ip: string): Peer => ({
  name,
  namespace,
  labels,
  ip,
  ports: spec.containers
    .flatMap(({ ports = [] }) => ports)
    .map((port) => ({ number: port.containerPort, name: port.name, protocol: port.protocol ?? 'TCP' })),
});

/** Pods as Jan Server's chart labels them, one for each component that is named. */
function janPeers(needs: readonly Need[]): Peer[] {
  const named = needs.flatMap(({ to }) => (to.kind === 'jan' ? [to] : []));
  const components = new Map(named.map((pod): [string, JanPod] => [pod.component, pod]));
  return [...components.values()].map(({ namespace, component, port }, index) => ({
    name: component,
    namespace,
    labels: { 'app.kubernetes.io/name': 'jan-server', 'app.kubernetes.io/component': component },
    ip: `10.0.2.${index + 1}`,
    ports: [tcp(port), tcp(port + 1)],
  }));
}

/** Pods that no configuration names: of Jan Server's namespace (its database, say), and of another. */
function strangersIn(janNamespace: string | null): Peer[] {
  const stranger = { namespace: 'somebody-else', labels: { app: 'stranger' }, ip: '10.0.3.2', ports: [tcp(8080)] };
  const database = { labels: { app: 'postgres' }, ip: '10.0.3.1', ports: [tcp(5432)] };
  return [
    { name: 'a stranger', ...stranger },
    ...(janNamespace === null ? [] : [{ name: 'a database of Jan Server', namespace: janNamespace, ...database }]),
  ];
}

/** Pods of the other namespaces that are connected to: where labels are asked for, one that has them. */
function elsewhere(needs: readonly Need[]): Peer[] {
  const named = needs.flatMap(({ to }) => (to.kind === 'elsewhere' ? [to] : []));
  const keyOf = ({ namespace, labels = {} }: PodElsewhere) => JSON.stringify([namespace, labels]);
  const groups = new Map(named.map((to): [string, PodElsewhere] => [keyOf(to), to]));
  return [...groups].map(([key, { namespace, labels = {} }], index) => ({
    name: `a pod of ${namespace}`,
    namespace,
    labels,
    ip: `10.0.4.${index + 1}`,
    ports: [...new Set(named.filter((to) => keyOf(to) === key).map(({ port }) => port))].map(tcp),
  }));
}
