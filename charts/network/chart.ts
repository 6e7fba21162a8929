import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { ComponentChart } from '../../lib/component-chart';
import { addObject, k8s } from '../../lib/k8s';
import { PART_OF } from '../../lib/labels';
import type { ComponentParty, Edge } from '../../lib/parties';
import type { Dns } from '../../lib/platform';
import type { Topology } from '../../lib/topology';
import { ciliumPolicies, isEntity } from './cilium';
import { peersOf } from './peers';

/** Pods that these policies select. Jan Server's pods are never selected: a policy that selects a pod blocks all other connections. */
const OURS = { matchLabels: { 'app.kubernetes.io/part-of': PART_OF } };

/** Highest number of rules in one object: 200 stay well below our size limit for an object. */
const RULES_PER_POLICY = 200;

/**
 * NetworkPolicies: nothing is allowed, then one rule for each edge of the graph. The rules of a component are in the policy with its name,
 * so that applying a change also removes rules that are no longer needed.
 */
export class NetworkChart extends ComponentChart {
  /** @param engine kubernetes: NetworkPolicies only; cilium: also CiliumNetworkPolicies */
  constructor(
    scope: Construct,
    id: string,
    namespace: string,
    { topology, dns, engine }: { topology: Topology; dns: Dns; engine: 'kubernetes' | 'cilium' },
  ) {
    super(scope, id, namespace);
    const isCilium = engine === 'cilium';
    this.#policy('default-deny', { podSelector: OURS, policyTypes: ['Ingress', 'Egress'] });
    this.#policy('allow-dns', {
      podSelector: OURS,
      policyTypes: ['Egress'],
      egress: [dnsRule(isCilium ? { ...dns, addresses: [] } : dns)],
    });
    const edges = isCilium ? topology.edges.filter(({ server }) => !isEntity(server)) : topology.edges;
    for (const component of topology.components) this.#policiesOf(component, edges);
    if (isCilium) this.#ciliumPolicies(topology.edges, dns);
  }

  #ciliumPolicies(edges: readonly Edge[], dns: Dns): void {
    for (const { name, spec } of ciliumPolicies(edges, dns, OURS.matchLabels)) {
      // The types that cdk8s generates for this one kind have 13391 lines; cilium.ts has types for the fields that are used.
      new ApiObject(this, `cilium-${name}`, {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name },
        spec,
      });
    }
  }

  #policiesOf(component: ComponentParty, edges: readonly Edge[]): void {
    const ingress = edges
      .filter(({ server }) => server.name === component.name && server.kind === 'component')
      .flatMap(ingressRule);
    const egress = edges
      .filter(({ client }) => client.name === component.name && client.kind === 'component')
      .flatMap(egressRule);
    const parts = Math.max(1, Math.ceil(Math.max(ingress.length, egress.length) / RULES_PER_POLICY));
    for (let part = 0; part < parts; part++) {
      const slice = <T>(rules: readonly T[]) => rules.slice(part * RULES_PER_POLICY, (part + 1) * RULES_PER_POLICY);
      this.#policy(part === 0 ? component.name : `${component.name}-${part + 1}`, {
        podSelector: { matchLabels: { ...component.podLabels } },
        policyTypes: ['Ingress', 'Egress'],
        ...listed('ingress', slice(ingress)),
        ...listed('egress', slice(egress)),
      });
    }
  }

  #policy(name: string, spec: k8s.NetworkPolicySpec): void {
    addObject(this, `policy-${name}`, k8s.KubeNetworkPolicy, { metadata: { name }, spec });
  }
}

const portOf = ({ port, protocol }: Pick<Edge, 'port' | 'protocol'>): k8s.NetworkPolicyPort => ({
  port: k8s.IntOrString.fromNumber(port),
  protocol,
});

/** No rule if the client has no peers: an empty `from` would allow every client. */
const ingressRule = (edge: Edge): k8s.NetworkPolicyIngressRule[] => {
  const from = peersOf(edge.client);
  return from.length === 0 ? [] : [{ from, ports: [portOf(edge)] }];
};

/** An empty list is left out: the API server drops it, so each apply would change the object. The policy type denies the traffic anyway. */
const listed = <Rule>(key: 'ingress' | 'egress', rules: readonly Rule[]) =>
  rules.length === 0 ? {} : { [key]: rules };

const egressRule = (edge: Edge): k8s.NetworkPolicyEgressRule[] => {
  const to = peersOf(edge.server);
  return to.length === 0 ? [] : [{ to, ports: [portOf(edge)] }];
};

const dnsRule = ({ pods, addresses, port }: Dns): k8s.NetworkPolicyEgressRule => ({
  to: [
    ...pods.map(({ namespace, labels }) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      podSelector: { matchLabels: { ...labels } },
    })),
    ...addresses.map((cidr) => ({ ipBlock: { cidr } })),
  ],
  ports: [portOf({ port, protocol: 'UDP' }), portOf({ port, protocol: 'TCP' })],
});
