/** The peers between which connections are checked: our pods, Jan Server's, other pods, and addresses outside the cluster. */
import type { ManifestSet } from '../manifests';
import type { JanPod, Need, PodElsewhere } from '../needs';
import { type Pod, podsOf } from '../pods';

/** One end of a connection. */
export interface Peer {
  readonly name: string;
  /** Null for an address outside the cluster. */
  readonly namespace: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly ports: readonly Port[];
}

/** A port that is checked. */
export interface Port {
  readonly number: number;
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
}

/** All peers. */
export interface Scene {
  readonly ours: readonly Peer[];
  readonly jan: readonly Peer[];
  readonly strangers: readonly Peer[];
  readonly outside: Peer;
}

const tcp = (number: number): Port => ({ number, name: '', protocol: 'TCP' });
/** Ports of DNS. */
export const DNS_PORTS: readonly Port[] = [tcp(53), { number: 53, name: '', protocol: 'UDP' }];

/** A port that no configuration needs. */
const UNNEEDED = tcp(2222);

/** kube-dns with its usual labels, and NodeLocal DNSCache. */
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

/** The metadata address, where clouds serve credentials: no pod needs it, and "any address" must exclude it. */
export const METADATA: Peer = {
  name: 'cloud metadata',
  namespace: null,
  labels: {},
  ip: '169.254.169.254',
  ports: [tcp(80), tcp(443)],
};

/** The ports that are checked: a pod's, and one that no configuration needs. */
export const portsOf = ({ namespace, ports }: Peer): readonly Port[] =>
  namespace === null ? ports : [...ports, UNNEEDED];

/** All peers of a set. */
export function sceneOf(set: ManifestSet, needs: readonly Need[]): Scene {
  const jan = janPeers(needs);
  return {
    // NetworkPolicies do not apply to pods in the host network.
    ours: podsOf(set)
      .filter(({ spec }) => spec.hostNetwork !== true)
      .map((pod, index) => stackPeer(pod, `10.0.1.${index + 1}`)),
    jan,
    strangers: [...strangersIn(jan[0]?.namespace ?? null), ...elsewhere(needs)],
    outside: {
      name: 'outside',
      namespace: null,
      labels: {},
      ip: '203.0.113.9',
      // Port 25 is needed only with SMTP.
      ports: [...new Set([...needs.flatMap(({ to }) => (to.kind === 'outside' ? [to.port] : [])), 25, 443])].map(tcp),
    },
  };
}

const stackPeer = ({ name, namespace, labels, spec }: Pod, ip: string): Peer => ({
  name,
  namespace,
  labels,
  ip,
  ports: spec.containers
    .flatMap(({ ports = [] }) => ports)
    .map((port) => ({ number: port.containerPort, name: port.name, protocol: port.protocol ?? 'TCP' })),
});

/** Pods with the labels of Jan Server's chart, one for each component that a configuration names. */
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

/** Pods that no configuration names: one in Jan Server's namespace, such as its database, and one in another. */
function strangersIn(janNamespace: string | null): Peer[] {
  const stranger = { namespace: 'other-team', labels: { app: 'stranger' }, ip: '10.0.3.2', ports: [tcp(8080)] };
  const database = { labels: { app: 'postgres' }, ip: '10.0.3.1', ports: [tcp(5432)] };
  return [
    { name: 'a stranger', ...stranger },
    ...(janNamespace === null ? [] : [{ name: 'a database of Jan Server', namespace: janNamespace, ...database }]),
  ];
}

/** Pods of other namespaces that a configuration names, with the labels that it selects. */
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
