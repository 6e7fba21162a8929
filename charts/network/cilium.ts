import type { Dns } from '../../config/platforms';
import type { Edge } from '../../lib/topology';

/** A CiliumNetworkPolicy, as far as it is used here (cilium.io/v2, CRD of Cilium 1.18). */
export interface CiliumPolicy {
  readonly name: string;
  readonly spec: {
    readonly endpointSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly egress: readonly {
      readonly toEntities: readonly ('host' | 'kube-apiserver')[];
      readonly toPorts: readonly {
        readonly ports: readonly { readonly port: string; readonly protocol: 'TCP' | 'UDP' }[];
      }[];
    }[];
  };
}

/**
 * What an `ipBlock` cannot say where Cilium is the network: it does not apply between two ends that Cilium manages or that are
 * nodes, so neither to an API server on a node, nor to a DNS cache on the pod's own one
 * (https://docs.cilium.io/en/stable/security/policy/language/, "CIDR based" and "Entities based").
 * @param ours labels of all pods of the stack
 */
export function ciliumPolicies(
  edges: readonly Edge[],
  dns: Dns,
  ours: Readonly<Record<string, string>>,
): CiliumPolicy[] {
  const discovery = edges.filter(({ server }) => server.kind === 'apiServer');
  const clients = new Map(discovery.map(({ client }) => [client.name, client]));
  const toApiServer = [...clients.values()].flatMap((client) => {
    const own = discovery.filter((edge) => edge.client.name === client.name);
    return client.kind === 'component'
      ? [policy(`${client.name}-kube-apiserver`, client.podLabels, 'kube-apiserver', own)]
      : [];
  });
  const protocols = ['UDP', 'TCP'] as const;
  const toDnsOnNode = protocols.map((protocol) => ({ port: dns.port, protocol }));
  return [
    ...(dns.addresses.length > 0 ? [policy('allow-dns-on-node', ours, 'host', toDnsOnNode)] : []),
    ...toApiServer,
  ];
}

const policy = (
  name: string,
  matchLabels: Readonly<Record<string, string>>,
  entity: 'host' | 'kube-apiserver',
  ports: readonly Pick<Edge, 'port' | 'protocol'>[],
): CiliumPolicy => ({
  name,
  spec: {
    endpointSelector: { matchLabels },
    egress: [
      {
        toEntities: [entity],
        toPorts: [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }],
      },
    ],
  },
});
