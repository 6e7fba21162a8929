/** What the rendered NetworkPolicies allow, computed as Kubernetes does it, for every pair of pods and every port. */

import type { Edge } from '../../lib/parties';
import { appsOf } from '../../stack/apps';
import type { Manifest } from '../../stack/checks/manifest';
import { manifestsOf } from '../../stack/checks/manifest';
import { allStacks } from '../support';

type Labels = Readonly<Record<string, string>>;
interface Selector {
  readonly matchLabels?: Labels;
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number }[];
}
interface Policy {
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}
interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

const matches = ({ matchLabels = {} }: Selector, labels: Labels) =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value);

const isPeer = (peer: Peer, pod: Pod, home: string): boolean =>
  (peer.podSelector !== undefined || peer.namespaceSelector !== undefined) &&
  (peer.namespaceSelector === undefined
    ? pod.namespace === home
    : matches(peer.namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace })) &&
  matches(peer.podSelector ?? {}, pod.labels);

/** One direction: a pod that no policy selects is open, any other only to what some rule names. */
function open(
  policies: readonly Policy[],
  home: string,
  type: 'Ingress' | 'Egress',
  pod: Pod,
  other: Pod,
  port: number,
): boolean {
  const selecting = policies.filter(
    ({ podSelector, policyTypes }) =>
      pod.namespace === home && policyTypes.includes(type) && matches(podSelector, pod.labels),
  );
  if (selecting.length === 0) return true;
  const rules = selecting.flatMap(({ ingress = [], egress = [] }) => (type === 'Ingress' ? ingress : egress));
  return rules.some(
    ({ from, to, ports }) =>
      ports.some((entry) => entry.port === port) && (from ?? to ?? []).some((peer) => isPeer(peer, other, home)),
  );
}

/** Whether an edge of the graph stands for this connection. */
function wanted(edges: readonly Edge[], client: Pod, server: Pod, port: number): boolean {
  const is = (party: Edge['client'], pod: Pod): boolean => {
    if (party.kind === 'component') return party.name === pod.name;
    return (
      party.kind === 'pods' &&
      party.namespace === pod.namespace &&
      matches({ matchLabels: party.podLabels }, pod.labels)
    );
  };
  return edges.some((edge) => edge.port === port && is(edge.client, client) && is(edge.server, server));
}

function podsOf(
  manifests: readonly Manifest[],
  home: string,
  jan: { namespace: string; application: string } | null,
): Pod[] {
  const own = manifests
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      namespace: home,
      labels: (spec as { template: { metadata: { labels: Labels } } }).template.metadata.labels,
    }));
  const janPods = ['llm-api', 'mcp-tools', 'unknown'].map((component) => ({
    name: `jan ${component}`,
    namespace: jan?.namespace ?? 'jan-server',
    labels: { 'app.kubernetes.io/name': jan?.application ?? 'jan-server', 'app.kubernetes.io/component': component },
  }));
  const strangers = ['default', 'shop', 'ingress-nginx', home].map((namespace) => ({
    name: `stranger in ${namespace}`,
    namespace,
    labels: { app: 'x' },
  }));
  return [...own, ...janPods, ...strangers];
}

describe.each(allStacks())('$name', ({ config, stack }) => {
  const manifests = manifestsOf(appsOf(stack));
  const home = config.namespace;
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as Policy);
  const pods = podsOf(manifests, home, config.janServer);
  const ports = [...new Set([...stack.topology.edges.map(({ port }) => port), 22, 443])];
  const isOurs = (pod: Pod) => pod.namespace === home && !pod.name.startsWith('stranger');
  const pairs = pods.flatMap((client) =>
    pods
      .filter((server) => server !== client && (isOurs(client) || isOurs(server)))
      .flatMap((server) => ports.map((port) => ({ client, server, port }))),
  );

  const wrongWith = (given: readonly Policy[]) =>
    pairs
      .filter(({ client, server, port }) => {
        const allowed =
          open(given, home, 'Egress', client, server, port) && open(given, home, 'Ingress', server, client, port);
        return allowed !== wanted(stack.topology.edges, client, server, port);
      })
      .map(({ client, server, port }) => `${client.name} > ${server.name}:${port}`);

  test('a connection is open exactly where the graph has an edge', () => {
    expect(pairs.length).toBeGreaterThan(300);
    expect(wrongWith(policies)).toEqual([]);
  });

  test('a missing rule, and a rule too many, are noticed', () => {
    const anyone: Rule = { from: [{ namespaceSelector: {} }], ports: [{ port: 16686 }] };
    expect(wrongWith(policies.map((policy) => ({ ...policy, ingress: policy.ingress?.slice(1) })))).not.toEqual([]);
    expect(
      wrongWith(policies.map((policy) => ({ ...policy, ingress: [...(policy.ingress ?? []), anyone] }))),
    ).not.toEqual([]);
  });

  test('and some are', () => {
    const edges = pairs.filter(({ client, server, port }) => wanted(stack.topology.edges, client, server, port));
    expect(edges.length).toBeGreaterThanOrEqual(8);
  });
});
