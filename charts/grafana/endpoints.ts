import type { GrafanaConfig } from '../../config/schema';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';

/** Grafana's port. */
export interface GrafanaEndpoints {
  readonly party: ComponentParty;
  /** The UI, the HTTP API and Grafana's own metrics. */
  readonly http: Endpoint;
  /** Where several Grafanas agree on who notifies; null for one. */
  readonly gossip: { readonly tcp: Endpoint; readonly udp: Endpoint } | null;
}

/** What Grafana is called in labels. */
export const grafanaIdentity = (instance: string): Identity => ({ name: 'grafana', component: 'dashboards', instance });

/** Adds Grafana to the graph. */
export function declareGrafana(topology: Topology, instance: string, { replicas }: GrafanaConfig): GrafanaEndpoints {
  const party = topology.component('grafana', selectorLabels(grafanaIdentity(instance)));
  const http = topology.endpoint(party, PORTS.grafana);
  if (replicas === 1) return { party, http, gossip: null };
  const gossip = { tcp: topology.endpoint(party, PORTS.gossip), udp: topology.endpoint(party, PORTS.gossipUdp) };
  return { party, http, gossip };
}
