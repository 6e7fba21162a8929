/** NetworkPolicies, as Kubernetes defines them: what a policy selects, and what its rules allow. */
import { BlockList, isIP } from 'node:net';
import type { Meta } from '../objects';

/** A label selector. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Port {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
}

/** A NetworkPolicy. */
export interface NetworkPolicy extends Meta {
  readonly spec: {
    readonly podSelector?: Selector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly Rule[];
    readonly egress?: readonly Rule[];
  };
}

type Labels = Readonly<Record<string, string>>;

/** One end of a connection. */
export interface End {
  /** For a message, such as `Deployment/llm-api`. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Labels of its namespace. */
  readonly namespaceLabels: Labels;
  /** null: it has none yet. */
  readonly ip: string | null;
  /** Names of its container ports. */
  readonly portNames: Readonly<Record<string, number>>;
}

/** A connection to a port of the server. */
export interface Connection {
  readonly client: End;
  readonly server: End;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Names of the policies that cut a connection, as `namespace/name`; none if it is allowed. */
export function cutBy(policies: readonly NetworkPolicy[], connection: Connection): readonly string[] {
  const { client, server } = connection;
  const cuts = [
    ...isolating(policies, client, 'Egress', (spec) =>
      spec.egress?.some((rule) => admits(rule, rule.to, client, server, connection)),
    ),
    ...isolating(policies, server, 'Ingress', (spec) =>
      spec.ingress?.some((rule) => admits(rule, rule.from, server, client, connection)),
    ),
  ];
  return cuts.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

/** The policies that isolate a pod in a direction, if no rule of any of them admits the connection. */
function isolating(
  policies: readonly NetworkPolicy[],
  pod: End,
  direction: 'Ingress' | 'Egress',
  hasRule: (spec: NetworkPolicy['spec']) => boolean | undefined,
): readonly NetworkPolicy[] {
  const found = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      selects(spec.podSelector, pod.labels) &&
      typesOf(spec).includes(direction),
  );
  return found.some(({ spec }) => hasRule(spec)) ? [] : found;
}

const typesOf = ({ policyTypes, egress }: NetworkPolicy['spec']): readonly string[] =>
  policyTypes ?? ['Ingress', ...(egress === undefined ? [] : ['Egress'])];

/** @param own the end whose policy it is @param other the peer that it must match */
function admits(
  { ports = [] }: Rule,
  peers: readonly Peer[] | undefined,
  own: End,
  other: End,
  connection: Connection,
): boolean {
  const { server, port, protocol } = connection;
  const isPort = ports.some((rule) => {
    if ((rule.protocol ?? 'TCP') !== protocol) return false;
    if (rule.port === undefined) return true;
    const first = typeof rule.port === 'string' ? server.portNames[rule.port] : rule.port;
    return first !== undefined && port >= first && port <= (rule.endPort ?? first);
  });
  if (ports.length > 0 && !isPort) return false;
  if (peers === undefined || peers.length === 0) return true;
  return peers.some((peer) => matches(peer, own.namespace, other));
}

function matches({ podSelector, namespaceSelector, ipBlock }: Peer, namespace: string, other: End): boolean {
  if (ipBlock !== undefined) return other.ip !== null && inBlock(ipBlock, other.ip);
  const isNamespace =
    namespaceSelector === undefined
      ? other.namespace === namespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace, ...other.namespaceLabels });
  return isNamespace && selects(podSelector, other.labels);
}

function inBlock(
  { cidr, except = [] }: { readonly cidr: string; readonly except?: readonly string[] },
  ip: string,
): boolean {
  return contains(cidr, ip) && !except.some((range) => contains(range, ip));
}

function contains(cidr: string, ip: string): boolean {
  const [address = '', prefix = ''] = cidr.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(ip) !== family) return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(address, Number(prefix), type);
  return list.check(ip, type);
}

/** Whether labels match a selector. One that is empty or absent selects everything. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector = {}, labels: Labels): boolean {
  const hasLabels = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  return (
    hasLabels &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      const isIn = value !== undefined && values.includes(value);
      return operator === 'In' ? isIn : !isIn;
    })
  );
}
