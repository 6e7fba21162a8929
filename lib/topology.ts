/**
 * The graph of who connects to whom. Endpoints record an edge whenever a client asks for their address; Services,
 * NetworkPolicies and the architecture picture are made from the same edges.
 */
import { byCodeUnits } from './compare';
import { type Endpoint, endpointOf, type PortSpec } from './endpoint';

/** A component of the stack: the pods of one workload. */
export interface ComponentParty {
  readonly kind: 'component';
  /** Name of its workload and Service. */
  readonly name: string;
  /** Labels that select its pods. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** Pods of another namespace. */
export interface PodsParty {
  readonly kind: 'pods';
  /** Name in the picture. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods; empty: all pods of the namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** The API server. Some networks know it by that name, the others by its address. */
export interface ApiServerParty {
  readonly kind: 'apiServer';
  /** Name in the picture. */
  readonly name: string;
  /** Address range; null: any address but the metadata ones. */
  readonly cidr: string | null;
}

/** The nodes themselves: their kubelets, and programs in their network. Some networks know them by that name. */
export interface NodesParty {
  readonly kind: 'nodes';
  /** Name in the picture. */
  readonly name: string;
  /** Address range; null: any address but the metadata ones. */
  readonly cidr: string | null;
}

/** Addresses outside the pod network: a host on the internet. */
export interface NetworkParty {
  readonly kind: 'network';
  /** Name in the picture, for a host its host name. */
  readonly name: string;
  /** Address range; null: any address but the metadata ones. */
  readonly cidr: string | null;
}

/** People who forward a port with kubectl. It dials localhost inside the pod, so no policy applies. */
export interface OperatorParty {
  readonly kind: 'operator';
  readonly name: string;
}

/** The kubelet of the pod's own node, for probes: NetworkPolicies always let a pod's own node through. */
export interface NodeParty {
  readonly kind: 'node';
  readonly name: string;
}

/** One end of an edge. */
export type Party = ComponentParty | PodsParty | ApiServerParty | NodesParty | NetworkParty | OperatorParty | NodeParty;

/** A connection that is allowed, and needed: without it some configuration would name an address that nobody may reach. */
export interface Edge {
  readonly client: Party;
  readonly server: Party;
  /** Port of the server's pods. */
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** What it is for, in a few words: the text on the arrow. */
  readonly purpose: string;
}

/** kubectl port-forward. */
export const OPERATOR: OperatorParty = { kind: 'operator', name: 'you, by kubectl port-forward' };
/** The kubelet's probes. */
export const KUBELET: NodeParty = { kind: 'node', name: 'kubelet' };

/** Collects the components and the edges between them. */
export class Topology {
  readonly #edges = new Map<string, { readonly edge: Edge; readonly purposes: ReadonlySet<string> }>();
  readonly #components = new Map<string, ComponentParty>();
  readonly #endpoints: Endpoint[] = [];

  /** @param clusterDomain the cluster's DNS domain, which names of its Services may end in */
  constructor(readonly clusterDomain: string) {}

  /**
   * Adds a component.
   * @param name name of its workload and Service
   * @param podLabels labels that select its pods
   * @throws Error when there is a component of that name already
   */
  component(name: string, podLabels: Readonly<Record<string, string>>): ComponentParty {
    if (this.#components.has(name))
      throw new Error(`There is a component ${name} already: give each a name of its own.`);
    const party: ComponentParty = { kind: 'component', name, podLabels };
    this.#components.set(name, party);
    return party;
  }

  /** Opens a port of a component. Its clients ask the endpoint for its address. */
  endpoint(server: ComponentParty, spec: PortSpec): Endpoint {
    const endpoint = endpointOf(this, server, spec);
    this.#endpoints.push(endpoint);
    return endpoint;
  }

  /** Records that a client connects to a server. The same edge for two purposes is one edge. */
  connect(edge: Edge): void {
    const key = keyOf(edge);
    const purposes = new Set([...(this.#edges.get(key)?.purposes ?? []), edge.purpose]);
    this.#edges.set(key, { edge, purposes });
  }

  /** Every edge, ordered by its ends and its port: which part recorded it first makes no difference to any manifest. */
  get edges(): readonly Edge[] {
    const recorded = [...this.#edges].sort(([a], [b]) => byCodeUnits(a, b));
    return recorded.map(([, { edge, purposes }]) => ({ ...edge, purpose: [...purposes].sort(byCodeUnits).join(', ') }));
  }

  /** Every component, by name. */
  get components(): readonly ComponentParty[] {
    return [...this.#components.values()].sort((a, b) => byCodeUnits(a.name, b.name));
  }

  /** Every endpoint, in the order in which they were opened. */
  get endpoints(): readonly Endpoint[] {
    return this.#endpoints;
  }
}

/** What makes an edge another one than a second: its ends, its port and its protocol. */
const keyOf = ({ server, client, port, protocol }: Edge): string =>
  [server, client].flatMap((party) => [party.kind, party.name, JSON.stringify(party)]).join(' ') +
  ` ${String(port).padStart(5, '0')} ${protocol}`;
