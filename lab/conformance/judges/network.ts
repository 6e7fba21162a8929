/** NetworkPolicies, by cyclonus' matcher: of all pairs of pods and ports, those are allowed that the configurations need, and no other. */
import { programPath } from '../../cache';
import { must } from '../../commands';
import { type ManifestSet, ofKind, type Pod, podsOf } from '../manifests';
import { type JanPod, type Need, needsOf } from '../needs';
import type { Judgement, Ruling } from '../verdicts';

/** One end of a connection. */
interface Peer {
  readonly name: string;
  /** Null: outside the cluster. */
  readonly namespace: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly ports: readonly Port[];
}

interface Port {
  readonly number: number;
  readonly name: string;
  readonly protocol: 'TCP' | 'UDP';
}

interface Connection {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: Port;
  readonly expected: boolean;
}

const tcp = (number: number, name = ''): Port => ({ number, name, protocol: 'TCP' });
const DNS_PORTS: readonly Port[] = [tcp(53), { number: 53, name: '', protocol: 'UDP' }];

/** A port that nothing needs anywhere. */
const UNNEEDED = tcp(2222);

/** kube-dns, as every cluster labels it, and NodeLocal DNSCache. */
const KUBE_DNS: Peer = {
  name: 'kube-dns',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  ip: '10.0.250.1',
  ports: DNS_PORTS,
};
const NODE_LOCAL_DNS: Peer = {
  name: 'NodeLocal DNSCache',
  namespace: null,
  labels: {},
  ip: '169.254.20.10',
  ports: DNS_PORTS,
};

/** Where clouds hand out credentials: nobody needs it, and "any address" must leave it out. */
const METADATA: Peer = {
  name: 'cloud metadata',
  namespace: null,
  labels: {},
  ip: '169.254.169.254',
  ports: [tcp(80), tcp(443)],
};

export async function judgeNetwork(set: ManifestSet): Promise<Ruling> {
  const foreign = ofKind(set, 'CiliumNetworkPolicy');
  if (foreign.length > 0)
    return {
      judgements: [],
      notJudged: [`${foreign.length} CiliumNetworkPolicies: the matcher knows only those of Kubernetes`],
    };
  const { needs, jan } = needsOf(set);
  const connections = allConnections(set, needs, jan);
  const probes = connections.map(({ from, to, port }) => ({
    from: peerOf(from),
    to: peerOf(to),
    port: port.number,
    portName: port.name,
    protocol: port.protocol,
  }));
  const input = JSON.stringify({ policies: ofKind(set, 'NetworkPolicy'), probes });
  const allowed = JSON.parse(await must(programPath('network-policy'), [], { input })) as readonly boolean[];
  return {
    judgements: [...connections.map((connection, index) => judge(connection, allowed[index])), ...probePorts(set)],
  };
}

const peerOf = ({ namespace, labels, ip }: Peer) => ({
  namespace: namespace ?? '',
  namespaceLabels: namespace === null ? {} : { 'kubernetes.io/metadata.name': namespace },
  labels,
  ip,
});

function judge({ from, to, port, expected }: Connection, allowed: boolean | undefined): Judgement {
  const subject = `${from.name} to ${to.name}:${port.number}/${port.protocol}`;
  if (allowed === expected) return { subject, problem: null };
  return {
    subject,
    problem: expected ? 'a configuration needs it, and it is denied' : 'it is allowed, and no configuration needs it',
  };
}

function allConnections(set: ManifestSet, needs: readonly Need[], jan: readonly JanPod[]): Connection[] {
  const ours = podsOf(set).map((pod, index) => ownPeer(pod, `10.0.1.${index + 1}`));
  const janPods = jan.map((pod, index) => janPeer(pod, `10.0.2.${index + 1}`));
  const janNamespace = jan[0]?.namespace;
  const strangers = [...strangersIn(janNamespace), ...elsewhere(needs)];
  const outsidePorts = [...new Set([...needs.flatMap(({ to }) => (to.kind === 'outside' ? [to.port] : [])), 25, 443])];
  const outside: Peer = {
    name: 'outside',
    namespace: null,
    labels: {},
    ip: '203.0.113.9',
    ports: outsidePorts.map((port) => tcp(port)),
  };

  const isNeeded = (from: Peer, to: Peer, port: Port): boolean => {
    if (to === KUBE_DNS || to === NODE_LOCAL_DNS) return DNS_PORTS.includes(port);
    return needs.some((need) => {
      const fits =
        need.from === null ? from.namespace !== null && from.namespace === janNamespace : need.from === from.name;
      const protocol = need.to.kind === 'pod' ? (need.to.protocol ?? 'TCP') : 'TCP';
      if (!fits || need.to.port !== port.number || port.protocol !== protocol) return false;
      // "Any address" holds those of pods whose own namespace denies nothing.
      if (need.to.kind === 'outside') return to === outside || strangers.includes(to);
      if (need.to.kind === 'elsewhere') return to.namespace === need.to.namespace;
      if (need.to.kind === 'pod') return ours.includes(to) && to.name === need.to.name;
      return janPods.includes(to) && to.name === need.to.component;
    });
  };
  const pairs = (from: readonly Peer[], to: readonly Peer[]) =>
    from.flatMap((client) =>
      to.flatMap((server) =>
        [...server.ports, ...(server.namespace === null ? [] : [UNNEEDED])].map((port) => ({
          from: client,
          to: server,
          port,
        })),
      ),
    );
  return [
    ...pairs(ours, [...ours, ...janPods, ...strangers, outside, METADATA, KUBE_DNS, NODE_LOCAL_DNS]),
    ...pairs([...janPods, ...strangers, outside], ours),
  ].map(({ from, to, port }) => ({ from, to, port, expected: isNeeded(from, to, port) }));
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

/** As Jan Server's chart labels its pods. */
const janPeer = ({ namespace, component, port }: JanPod, ip: string): Peer => ({
  name: component,
  namespace,
  labels: { 'app.kubernetes.io/name': 'jan-server', 'app.kubernetes.io/component': component },
  ip,
  ports: [tcp(port), tcp(port + 1)],
});

/** Pods that no configuration names: of Jan Server's namespace (its database, say), and of another. */
const strangersIn = (janNamespace: string | undefined): Peer[] => [
  ...(janNamespace === undefined
    ? []
    : [
        {
          name: 'a database of Jan Server',
          namespace: janNamespace,
          labels: { app: 'postgres' },
          ip: '10.0.3.1',
          ports: [tcp(5432)],
        },
      ]),
  { name: 'a stranger', namespace: 'somebody-else', labels: { app: 'stranger' }, ip: '10.0.3.2', ports: [tcp(8080)] },
];

/** Pods of the other namespaces that addresses lead to. */
const elsewhere = (needs: readonly Need[]): Peer[] => {
  const named = needs.flatMap(({ to }) => (to.kind === 'elsewhere' ? [to] : []));
  return [...new Set(named.map(({ namespace }) => namespace))].map((namespace, index) => ({
    name: `a pod of ${namespace}`,
    namespace,
    labels: {},
    ip: `10.0.4.${index + 1}`,
    ports: [...new Set(named.filter((to) => to.namespace === namespace).map(({ port }) => port))].map((port) =>
      tcp(port),
    ),
  }));
};

/** The kubelet's probes come from the pod's own node, which no policy stops; but the port that they name must be there. */
function probePorts(set: ManifestSet): Judgement[] {
  type Probe = { httpGet?: { port: string | number }; grpc?: { port: number }; tcpSocket?: { port: string | number } };
  return podsOf(set).flatMap(({ owner, spec }) =>
    spec.containers.flatMap(({ ports = [], livenessProbe, readinessProbe, startupProbe }) =>
      [livenessProbe, readinessProbe, startupProbe].flatMap((probe) => {
        const { httpGet, grpc, tcpSocket } = (probe ?? {}) as Probe;
        const port = httpGet?.port ?? grpc?.port ?? tcpSocket?.port;
        if (port === undefined) return [];
        const isThere = ports.some(({ name, containerPort }) => name === port || containerPort === port);
        return [{ subject: `${owner}, probe of ${port}`, problem: isThere ? null : 'the container has no such port' }];
      }),
    ),
  );
}
