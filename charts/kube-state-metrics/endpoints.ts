import type { Settings } from '../../config/schema';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';

/** The port of kube-state-metrics. */
export interface KubeStateMetricsEndpoints {
  readonly party: ComponentParty;
  /** Metrics about the cluster's objects, and its health. */
  readonly metrics: Endpoint;
}

/** What kube-state-metrics is called in labels. */
export const kubeStateMetricsIdentity = (instance: string): Identity => ({
  name: 'kube-state-metrics',
  component: 'exporter',
  instance,
});

/** Adds kube-state-metrics to the graph; null where it is switched off. */
export function declareKubeStateMetrics(
  topology: Topology,
  instance: string,
  { enabled }: Settings['kubeStateMetrics'],
): KubeStateMetricsEndpoints | null {
  if (!enabled) return null;
  const party = topology.component('kube-state-metrics', selectorLabels(kubeStateMetricsIdentity(instance)));
  return { party, metrics: topology.endpoint(party, PORTS.kubeStateMetrics) };
}
