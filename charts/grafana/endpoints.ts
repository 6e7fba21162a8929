import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';

/** Grafana's port. */
export interface GrafanaEndpoints {
  readonly party: ComponentParty;
  /** The UI, the HTTP API and Grafana's own metrics. */
  readonly http: Endpoint;
}

/** What Grafana is called in labels. */
export const grafanaIdentity = (instance: string): Identity => ({ name: 'grafana', component: 'dashboards', instance });

/** Adds Grafana to the graph. */
export function declareGrafana(topology: Topology, instance: string): GrafanaEndpoints {
  const party = topology.component('grafana', selectorLabels(grafanaIdentity(instance)));
  return { party, http: topology.endpoint(party, PORTS.grafana) };
}
