import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';

/** Prometheus's port. */
export interface PrometheusEndpoints {
  readonly party: ComponentParty;
  /** The UI, the HTTP API and Prometheus's own metrics. */
  readonly http: Endpoint;
}

/** What Prometheus is called in labels. */
export const prometheusIdentity = (instance: string): Identity => ({
  name: 'prometheus',
  component: 'metrics',
  instance,
});

/** Adds Prometheus to the graph. */
export function declarePrometheus(topology: Topology, instance: string): PrometheusEndpoints {
  const party = topology.component('prometheus', selectorLabels(prometheusIdentity(instance)));
  return { party, http: topology.endpoint(party, PORTS.prometheus) };
}
