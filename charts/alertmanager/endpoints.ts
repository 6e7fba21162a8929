import type { AlertmanagerConfig } from '../../config/schema';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';

/** Alertmanager's ports. */
export interface AlertmanagerEndpoints {
  readonly party: ComponentParty;
  /** The UI, the HTTP API and Alertmanager's own metrics. */
  readonly http: Endpoint;
  /** Where several of them tell each other of silences and notifications; null for one. */
  readonly gossip: { readonly tcp: Endpoint; readonly udp: Endpoint } | null;
}

/** What Alertmanager is called in labels. */
export const alertmanagerIdentity = (instance: string): Identity => ({
  name: 'alertmanager',
  component: 'alerting',
  instance,
});

/** Adds Alertmanager to the graph; null where it is switched off. */
export function declareAlertmanager(
  topology: Topology,
  instance: string,
  { enabled, replicas }: AlertmanagerConfig,
): AlertmanagerEndpoints | null {
  if (!enabled) return null;
  const party = topology.component('alertmanager', selectorLabels(alertmanagerIdentity(instance)));
  const http = topology.endpoint(party, PORTS.alertmanager);
  if (replicas === 1) return { party, http, gossip: null };
  const gossip = { tcp: topology.endpoint(party, PORTS.gossip), udp: topology.endpoint(party, PORTS.gossipUdp) };
  return { party, http, gossip };
}
