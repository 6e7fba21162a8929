/** NetworkPolicies, as Kubernetes defines them: what a policy selects, and what its rules allow. */
import { BlockList, isIP } from 'node:net';
import type { Meta } from '../objects';
import type { Connection, End } from './ends';
import { type Answer, allOf, anyOf, type Selector, selects } from './selectors';

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

/** Whether a connection is let through, and the policies that isolate an end where it is not, as `namespace/name`. */
export interface Verdict {
  readonly answer: Answer;
  readonly policies: readonly string[];
}

/** Judges a connection by the policies at both ends. */
export function judged(policies: readonly NetworkPolicy[], connection: Connection): Verdict {
  const { client, server } = connection;
  const sides = [
    sideOf(policies, client, 'Egress', ({ egress = [] }) =>
      egress.map((rule) => admits(rule, rule.to, client, server, connection)),
    ),
    sideOf(policies, server, 'Ingress', ({ ingress = [] }) =>
      ingress.map((rule) => admits(rule, rule.from, server, client, connection)),
    ),
  ];
  const answer = allOf(sides.map((side) => side.answer));
  const found = sides.filter((side) => side.answer === answer).flatMap((side) => side.policies);
  return { answer: answer === false && areTunnelled(client, server) ? null : answer, policies: found };
}

/** What the policies that isolate a pod in a direction let through together. */
function sideOf(
  policies: readonly NetworkPolicy[],
  pod: End,
  direction: 'Ingress' | 'Egress',
  answersOf: (spec: NetworkPolicy['spec']) => readonly Answer[],
): Verdict {
  const isolating = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      selects(spec.podSelector, pod.labels) === true &&
      typesOf(spec).includes(direction),
  );
  if (pod.isOnHost || isolating.length === 0) return { answer: true, policies: [] };
  return {
    answer: anyOf(isolating.flatMap(({ spec }) => answersOf(spec))),
    policies: isolating.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  };
}

/** Istio's ambient mode carries connections between its pods over a port of its own, which policies see instead. */
const areTunnelled = (...ends: readonly End[]): boolean =>
  ends.every((end) => ({ ...end.namespaceLabels, ...end.labels })['istio.io/dataplane-mode'] === 'ambient');

/** The directions in which a policy isolates. */
export const typesOf = ({ policyTypes, egress }: NetworkPolicy['spec']): readonly string[] =>
  policyTypes ?? ['Ingress', ...(egress === undefined ? [] : ['Egress'])];

/** @param own the end whose policy it is @param other the peer that it must match */
function admits(
  { ports = [] }: Rule,
  peers: readonly Peer[] | undefined,
  own: End,
  other: End,
  { server, port, protocol }: Connection,
): Answer {
  const isPort = ports.length === 0 ? true : anyOf(ports.map((rule) => isPortOf(rule, server, port, protocol)));
  const isPeer =
    peers === undefined || peers.length === 0 ? true : anyOf(peers.map((peer) => matches(peer, own.namespace, other)));
  return allOf([isPort, isPeer]);
}

function isPortOf(rule: Port, server: End, port: number, protocol: string): Answer {
  if ((rule.protocol ?? 'TCP') !== protocol) return false;
  if (rule.port === undefined) return true;
  const first = typeof rule.port === 'string' ? server.portNames[rule.port] : rule.port;
  if (first === undefined) return server.isKnown ? false : null;
  return port >= first && port <= (rule.endPort ?? first);
}

function matches({ podSelector, namespaceSelector, ipBlock }: Peer, namespace: string, other: End): Answer {
  if (ipBlock !== undefined) return other.ip === null ? null : inBlock(ipBlock, other.ip);
  if (other.namespace === '') return false;
  const name = { 'kubernetes.io/metadata.name': other.namespace };
  const isNamespace =
    namespaceSelector === undefined
      ? other.namespace === namespace
      : selects(namespaceSelector, { ...name, ...other.namespaceLabels }, other.namespaceLabels !== null);
  // Whether selectors reach pods in the network of their node depends on the network plugin: that they do not is not claimed.
  return allOf([isNamespace, selects(podSelector, other.labels, other.isKnown)]);
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
