import type { ComponentParty, Edge, Party } from '../../lib/parties';
import type { Dns } from '../../lib/platform';

/** Names that Cilium has for what is no pod (https://docs.cilium.io/en/stable/security/policy/language/, "Entities based"). */
type Entity = 'host' | 'remote-node' | 'kube-apiserver';

/** A CiliumNetworkPolicy, as far as it is used here (cilium.io/v2, CRD of Cilium 1.18). */
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

/** What Cilium knows by name and not by address, and what a policy for it is called. */
const ENTITIES = {
  apiServer: { suffix: 'kube-apiserver', entities: ['kube-apiserver'] },
  nodes: { suffix: 'nodes', entities: ['host', 'remote-node'] },
} as const satisfies Partial<Record<Party['kind'], { suffix: string; entities: readonly Entity[] }>>;

/** Whether Cilium knows one end of an edge by name. */
export const isEntity = ({ kind }: Party): boolean => kind in ENTITIES;

/**
 * What an `ipBlock` cannot say where Cilium is the network: it does not apply between two ends that Cilium manages or that are
 * nodes, so neither to an API server on a node, nor to a kubelet, nor to a DNS cache on the pod's own node (the same page, "CIDR
 * based").
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
