/** Connections that NetworkPolicies cut, computed: a request from here would go another way than those of pods. */
import type { Edge, Party } from '../../lib/parties';
import type { Pod } from '../objects';
import { hasEnded } from '../state';
import type { Cause } from './cause';
import { type Cut, POLICY_CUTS, POLICY_UNKNOWN } from './causes/network';
import type { DesiredState } from './desired-state';
import { type Connection, type End, podEnd } from './ends';
import { type Finding, findingOf } from './finding';
import { nameServersOf } from './name-servers';
import { judged, type Verdict } from './policies';
import { isAdmitted } from './senders/admitted';
import { aimOf, endpointOf, OTLP } from './senders/endpoint';
import { arrives } from './senders/find';
import { liveSenders, podsOfSender } from './senders/pods';
import type { SenderWorkload } from './senders/workload';
import type { Survey } from './survey';

/** A connection that is needed, by one of these ways. */
type Need = readonly [Connection, ...Connection[]];

/** What is cut, or cannot be computed, by the first of the policies that isolate an end. */
export function networkFindings(desired: DesiredState, survey: Survey): Finding[] {
  const found = { cut: new Map<string, Set<string>>(), unknown: new Map<string, Set<string>>() };
  for (const need of [...stackNeeds(desired, survey), ...senderNeeds(desired, survey)]) {
    const { answer, policies } = best(need.map((way) => judged(survey.policies, way)));
    const [policy] = byUsersFirst(policies, desired);
    if (answer === true || policy === undefined) continue;
    const [{ client, server, port }] = need;
    const cuts = answer === null || isSupplemented(policy, survey) ? found.unknown : found.cut;
    cuts.set(policy, (cuts.get(policy) ?? new Set()).add(`${client.name} to ${server.name}:${port}`));
  }
  return [...findingsOf(desired, POLICY_CUTS, found.cut), ...findingsOf(desired, POLICY_UNKNOWN, found.unknown)];
}

/** The verdict on the way that is most likely let through. */
const best = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.find(({ answer }) => answer === true) ??
  verdicts.find(({ answer }) => answer === null) ??
  verdicts[0] ?? { answer: true, policies: [] };

/** Whether policies of other kinds, which are not read, may allow what a policy does not. */
function isSupplemented(policy: string, { otherPolicies }: Survey): boolean {
  const [namespace = ''] = policy.split('/');
  return otherPolicies.has('') || otherPolicies.has(namespace);
}

const findingsOf = (desired: DesiredState, cause: Cause<Cut>, cuts: ReadonlyMap<string, ReadonlySet<string>>) =>
  [...cuts].map(([path, connections]): Finding => {
    const [namespace = '', policy = ''] = path.split('/');
    const isOurs = namespace === desired.namespace;
    const part = `NetworkPolicy/${policy}${isOurs ? '' : ` in ${namespace}`}`;
    const details = { namespace, policy, connections: [...connections] };
    // A rule of ours that is gone is the reason, and not the policy that denies the rest.
    const dependsOn = isOurs
      ? desired.objects.filter(isPolicy).map(({ metadata }) => `NetworkPolicy/${metadata.name}`)
      : [];
    return findingOf(desired, cause, { part, details }, { dependsOn });
  });

const isPolicy = ({ kind }: { readonly kind: string }) => kind === 'NetworkPolicy';

/** A policy that is not rendered is the more likely reason. */
function byUsersFirst(names: readonly string[], { namespace, objects }: DesiredState): readonly string[] {
  const ours = new Set(objects.filter(isPolicy).map(({ metadata }) => `${namespace}/${metadata.name}`));
  return [...names].sort((a, b) => Number(ours.has(a)) - Number(ours.has(b)));
}

/** The edges of the stack whose both ends are pods that exist. Senders are computed from their workloads. */
function stackNeeds(desired: DesiredState, survey: Survey): Need[] {
  return desired.edges.flatMap(({ client, server, port, protocol }: Edge): Need[] => {
    if (server.kind === 'component' && client.kind === 'pods') return [];
    const [from] = endsOf(client, desired, survey);
    const [to] = endsOf(server, desired, survey);
    return from === undefined || to === undefined ? [] : [[{ client: from, server: to, port, protocol }]];
  });
}

/** Senders to the Collector, and to the name servers, without which they do not find it. */
function senderNeeds(desired: DesiredState, survey: Survey): Need[] {
  const collector = desired.edges.find(
    ({ server, port }) =>
      server.kind === 'component' && port === OTLP.grpc && server.name === desired.places.intake.service.split('.')[0],
  );
  const [server] = collector === undefined ? [] : endsOf(collector.server, desired, survey);
  if (server === undefined) return [];
  return liveSenders(survey).flatMap((sender): Need[] => {
    const endpoint = endpointOf(sender);
    if (endpoint === null || endpoint === undefined || arrives(sender, survey)) return [];
    if (aimOf(desired, survey, sender, endpoint).kind !== 'ours') return [];
    if (!isAdmitted(desired, sender)) return [];
    const port = endpoint.port === OTLP.grpc ? OTLP.grpc : OTLP.http;
    const client = senderEnd(sender, survey);
    const [first, ...others] = nameServersOf(desired, survey).map(
      (name): Connection => ({ client, server: name.end, port: name.port, protocol: 'UDP' }),
    );
    return [
      [{ client, server, port, protocol: 'TCP' }],
      ...(sender.usesClusterDns && first !== undefined ? [[first, ...others] as const] : []),
    ];
  });
}

/** As its newest pod is, or else as its workload says that its pods will be. */
function senderEnd(sender: SenderWorkload, survey: Survey): End {
  const { kind, name, namespace, labels, isOnHost } = sender;
  const [pod] = podsOfSender(sender, survey).slice(-1);
  return {
    name: `${kind}/${name}`,
    namespace,
    labels: pod?.metadata.labels ?? labels,
    namespaceLabels: survey.neighbours.get(namespace)?.labels ?? null,
    ip: pod?.status?.podIP ?? null,
    portNames: {},
    isOnHost,
    isKnown: true,
  };
}

/** The pods of one end; none if it is not made of pods, or has none. */
function endsOf(party: Party, { namespace }: DesiredState, { pods, neighbours, labels }: Survey): End[] {
  if (party.kind !== 'component' && party.kind !== 'pods') return [];
  const isOurs = party.kind === 'component';
  const place = isOurs ? namespace : party.namespace;
  const neighbour = neighbours.get(place);
  const hasLabels = ({ metadata }: Pod) =>
    Object.entries(party.podLabels).every(([key, value]) => metadata.labels?.[key] === value);
  return (isOurs ? pods : (neighbour?.pods ?? []))
    .filter((pod) => hasLabels(pod) && !hasEnded(pod))
    .map((pod) => podEnd(party.name, place, pod, isOurs ? labels : (neighbour?.labels ?? null)));
}
