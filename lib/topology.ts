/**
 * The graph of connections. Endpoints record an edge whenever a client requests their address. Services, NetworkPolicies and the
 * architecture diagram are made from the same edges.
 */
import { byCodeUnits } from './compare';
import { type Endpoint, endpointOf, type PortSpec } from './endpoint';
import type { ComponentParty, Edge, Graph } from './parties';

/** Collects the components and the edges between them. */
export class Topology implements Graph {
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

  /** Adds a port of a component. Its clients get the address from the endpoint. */
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

  /** Every edge, ordered by its ends and its port, so that manifests do not depend on the order of recording. */
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

/** The identity of an edge: its ends, its port and its protocol. */
const keyOf = ({ server, client, port, protocol }: Edge): string =>
  [server, client].flatMap((party) => [party.kind, party.name, JSON.stringify(party)]).join(' ') +
  ` ${String(port).padStart(5, '0')} ${protocol}`;
