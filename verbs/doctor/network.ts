/** Connections that NetworkPolicies cut, computed: a request from here would go another way than those of pods. */
import type { Edge, Party } from '../../lib/parties';
import type { Pod } from '../objects';
import { POLICY_CUTS } from './causes/network';
import type { DesiredState } from './desired-state';
import { type Finding, findingOf } from './finding';
import { type Connection, cutBy, type End } from './policies';
import { isAdmitted } from './senders/admitted';
import { aimOf, endpointOf, OTLP } from './senders/endpoint';
import type { SenderWorkload } from './senders/workload';
import type { Survey } from './survey';

/** What is cut, by the first of the policies that isolate an end. */
export function networkFindings(desired: DesiredState, survey: Survey): Finding[] {
  const cuts = new Map<string, Set<string>>();
  for (const connection of [...stackConnections(desired, survey), ...senderConnections(desired, survey)]) {
    const [policy] = byUsersFirst(cutBy(survey.policies, connection), desired);
    if (policy === undefined) continue;
    const { client, server, port } = connection;
    cuts.set(policy, (cuts.get(policy) ?? new Set()).add(`${client.name} to ${server.name}:${port}`));
  }
  return [...cuts].map(([path, connections]) => {
    const [namespace = '', policy = ''] = path.split('/');
    const isOurs = namespace === desired.namespace;
    const part = `NetworkPolicy/${policy}${isOurs ? '' : ` in ${namespace}`}`;
    const details = { namespace, policy, connections: [...connections] };
    // A rule of ours that is gone is the reason, and not the policy that denies the rest.
    const dependsOn = isOurs
      ? desired.objects.filter(isPolicy).map(({ metadata }) => `NetworkPolicy/${metadata.name}`)
      : [];
    return findingOf(desired, POLICY_CUTS, { part, details }, { dependsOn });
  });
}

const isPolicy = ({ kind }: { readonly kind: string }) => kind === 'NetworkPolicy';

/** A policy that is not rendered is the more likely reason. */
function byUsersFirst(names: readonly string[], { namespace, objects }: DesiredState): readonly string[] {
  const ours = new Set(objects.filter(isPolicy).map(({ metadata }) => `${namespace}/${metadata.name}`));
  return [...names].sort((a, b) => Number(ours.has(a)) - Number(ours.has(b)));
}

/** The edges of the stack whose both ends are pods that exist. Senders are computed from their workloads. */
function stackConnections(desired: DesiredState, survey: Survey): Connection[] {
  return desired.edges.flatMap(({ client, server, port, protocol }: Edge) => {
    if (server.kind === 'component' && client.kind === 'pods') return [];
    const [from] = endsOf(client, desired, survey);
    const [to] = endsOf(server, desired, survey);
    return from === undefined || to === undefined ? [] : [{ client: from, server: to, port, protocol }];
  });
}

/** Senders to the Collector, and to the name servers, without which they do not find it. */
function senderConnections(desired: DesiredState, survey: Survey): Connection[] {
  const collector = desired.edges.find(
    ({ server, port }) =>
      server.kind === 'component' && port === OTLP.grpc && server.name === desired.places.intake.service.split('.')[0],
  );
  const [server] = collector === undefined ? [] : endsOf(collector.server, desired, survey);
  if (server === undefined) return [];
  return survey.senders.flatMap((sender) => {
    const endpoint = endpointOf(sender);
    if (endpoint === null || endpoint === undefined) return [];
    if (aimOf(desired, survey, sender, endpoint).kind !== 'ours') return [];
    if (!isAdmitted(desired, sender)) return [];
    const port = endpoint.port === OTLP.grpc ? OTLP.grpc : OTLP.http;
    const client = senderEnd(sender, survey);
    return [
      { client, server, port, protocol: 'TCP' as const },
      { client, server: NAME_SERVER, port: 53, protocol: 'UDP' as const },
    ];
  });
}

const NAME_SERVER: End = {
  name: 'DNS',
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  namespaceLabels: {},
  ip: null,
  portNames: { dns: 53 },
};

const senderEnd = ({ kind, name, namespace, labels }: SenderWorkload, { neighbours }: Survey): End => ({
  name: `${kind}/${name}`,
  namespace,
  labels,
  namespaceLabels: neighbours.get(namespace)?.labels ?? {},
  ip: null,
  portNames: {},
});

/** The pods of one end; none if it is not made of pods, or has none. */
function endsOf(party: Party, { namespace }: DesiredState, { pods, neighbours }: Survey): End[] {
  if (party.kind !== 'component' && party.kind !== 'pods') return [];
  const place = party.kind === 'component' ? namespace : party.namespace;
  const candidates = party.kind === 'component' ? pods : (neighbours.get(place)?.pods ?? []);
  const hasLabels = ({ metadata }: Pod) =>
    Object.entries(party.podLabels).every(([key, value]) => metadata.labels?.[key] === value);
  return candidates.filter(hasLabels).map((pod) => ({
    name: party.name,
    namespace: place,
    labels: pod.metadata.labels ?? {},
    namespaceLabels: neighbours.get(place)?.labels ?? {},
    ip: pod.status?.podIP ?? null,
    portNames: Object.fromEntries(
      pod.spec.containers.flatMap(({ ports = [] }) =>
        ports.map(({ name = '', containerPort }) => [name, containerPort]),
      ),
    ),
  }));
}
