/** NetworkPolicies, with cyclonus' matcher: for all pairs of pods and ports, exactly the connections that the configurations need are allowed. */
import { programPath } from '../../cache';
import { must } from '../../commands';
import { type ManifestSet, ofKind } from '../manifests';
import { type Need, needsOf } from '../needs';
import type { Judgement, Ruling } from '../verdicts';
import { DNS_PORTS, METADATA, NAME_SERVERS, type Peer, type Port, portsOf, type Scene, sceneOf } from './network-peers';
import { judgeProbePorts } from './probe-ports';

/** A connection, and whether it must be allowed. */
interface Connection {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: Port;
  readonly expected: boolean;
}

/** Judges all pairs of pods and ports. */
export async function judgeNetwork(set: ManifestSet): Promise<Ruling> {
  const foreign = ofKind(set, 'CiliumNetworkPolicy');
  if (foreign.length > 0)
    return {
      judgements: [],
      notJudged: [`${foreign.length} CiliumNetworkPolicies: the matcher supports only NetworkPolicies`],
    };
  const connections = allConnections(set, needsOf(set));
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
    judgements: [...connections.map((connection, index) => judge(connection, allowed[index])), ...judgeProbePorts(set)],
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
    problem: expected ? 'a configuration needs it, but it is denied' : 'it is allowed, but no configuration needs it',
  };
}

/** Whether a configuration needs a connection. */
function isNeeded({ ours, jan, strangers, outside }: Scene, need: Need, from: Peer, to: Peer, port: Port): boolean {
  const isClient =
    need.from === null ? from.namespace !== null && from.namespace === jan[0]?.namespace : need.from === from.name;
  const protocol = need.to.kind === 'pod' ? (need.to.protocol ?? 'TCP') : 'TCP';
  if (!isClient || need.to.port !== port.number || port.protocol !== protocol) return false;
  switch (need.to.kind) {
    case 'pod':
      return ours.includes(to) && to.name === need.to.name;
    case 'jan':
      return jan.includes(to) && to.name === need.to.component;
    case 'elsewhere':
      return to.namespace === need.to.namespace && hasLabels(to, need.to.labels ?? {});
    case 'outside':
      // "Any address" includes pods of namespaces without NetworkPolicies.
      return to === outside || strangers.includes(to);
  }
}

const hasLabels = ({ labels }: Peer, selector: Readonly<Record<string, string>>) =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);

function allConnections(set: ManifestSet, needs: readonly Need[]): Connection[] {
  const scene = sceneOf(set, needs);
  const { ours, jan, strangers, outside } = scene;
  const isExpected = (from: Peer, to: Peer, port: Port) =>
    NAME_SERVERS.includes(to) ? DNS_PORTS.includes(port) : needs.some((need) => isNeeded(scene, need, from, to, port));
  const pairs = (clients: readonly Peer[], servers: readonly Peer[]) =>
    clients.flatMap((from) =>
      servers.flatMap((to) => portsOf(to).map((port) => ({ from, to, port, expected: isExpected(from, to, port) }))),
    );
  return [
    ...pairs(ours, [...ours, ...jan, ...strangers, outside, METADATA, ...NAME_SERVERS]),
    ...pairs([...jan, ...strangers, outside], ours),
  ];
}
