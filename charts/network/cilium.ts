import type { ComponentParty, Edge, Party } from '../../lib/parties';
import type { Dns } from '../../lib/platform';

/** Cilium's names for peers that are not pods (https://docs.cilium.io/en/stable/security/policy/language/, "Entities based"). */
type Entity = 'host' | 'remote-node' | 'kube-apiserver';

/** A CiliumNetworkPolicy, with the fields that are used here (cilium.io/v2, CRD of Cilium 1.18). */
export interface CiliumPolicy {
  readonly name: string;
  readonly spec: {
    readonly endpointSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly egress: readonly {
      readonly toEntities: readonly Entity[];
      readonly toPorts: readonly {
        readonly ports: readonly { readonly port: string; readonly protocol: 'TCP' | 'UDP' }[];
      }[];
    }[];
  };
}

/** Peers that Cilium selects by entity, not by address, and the suffix of the policy's name for each. */
const ENTITIES = {
  apiServer: { suffix: 'kube-apiserver', entities: ['kube-apiserver'] },
  nodes: { suffix: 'nodes', entities: ['host', 'remote-node'] },
} as const satisfies Partial<Record<Party['kind'], { suffix: string; entities: readonly Entity[] }>>;

/** Whether one end of an edge is an entity of Cilium. */
export const isEntity = ({ kind }: Party): boolean => kind in ENTITIES;

/**
 * Rules that an `ipBlock` cannot express with Cilium: it does not apply between two endpoints that Cilium manages or that are nodes, so it
 * matches neither an API server on a node, nor a kubelet, nor a DNS cache on the pod's node (the same page, "CIDR based").
 * @param ours labels of all pods of the stack
 */
export function ciliumPolicies(
  edges: readonly Edge[],
  dns: Dns,
  ours: Readonly<Record<string, string>>,
): CiliumPolicy[] {
  const protocols = ['UDP', 'TCP'] as const;
  const toDnsOnNode = protocols.map((protocol) => ({ port: dns.port, protocol }));
  return [
    ...(dns.addresses.length > 0 ? [policy('allow-dns-on-node', ours, ['host'], toDnsOnNode)] : []),
    ...Object.entries(ENTITIES).flatMap(([kind, { suffix, entities }]) => {
      const those = edges.filter(({ server }) => server.kind === kind);
      return clientsOf(those).map((client) => {
        const own = those.filter((edge) => edge.client.name === client.name);
        return policy(`${client.name}-${suffix}`, client.podLabels, entities, own);
      });
    }),
  ];
}

/** The components among the clients, each once. */
const clientsOf = (edges: readonly Edge[]): ComponentParty[] => {
  const clients = edges.flatMap(({ client }) => (client.kind === 'component' ? [client] : []));
  return [...new Map(clients.map((client) => [client.name, client])).values()];
};

const policy = (
  name: string,
  matchLabels: Readonly<Record<string, string>>,
  toEntities: readonly Entity[],
  ports: readonly Pick<Edge, 'port' | 'protocol'>[],
): CiliumPolicy => ({
  name,
  spec: {
    endpointSelector: { matchLabels },
    egress: [
      {
        toEntities,
        toPorts: [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }],
      },
    ],
  },
});
