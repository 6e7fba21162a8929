import type { CollectorConfig } from '../../config/schema';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';

/** The Collector's ports. */
export interface CollectorEndpoints {
  readonly party: ComponentParty;
  /** OTLP over gRPC. */
  readonly otlpGrpc: Endpoint;
  /** OTLP over HTTP. */
  readonly otlpHttp: Endpoint;
  /** The services' metrics for Prometheus to scrape; null where they are pushed by OTLP. */
  readonly metrics: Endpoint | null;
  /** The Collector's own metrics. */
  readonly selfMetrics: Endpoint;
  readonly health: Endpoint;
}

/** What the Collector is called in labels. */
export const collectorIdentity = (instance: string): Identity => ({
  name: 'opentelemetry-collector',
  component: 'collector',
  instance,
});

/** Adds the Collector to the graph. */
export function declareCollector(topology: Topology, instance: string, config: CollectorConfig): CollectorEndpoints {
  const party = topology.component('otel-collector', selectorLabels(collectorIdentity(instance)));
  return {
    party,
    otlpGrpc: topology.endpoint(party, PORTS.otlpGrpc),
    otlpHttp: topology.endpoint(party, PORTS.otlpHttp),
    metrics: config.metricsPath === 'scrape' ? topology.endpoint(party, PORTS.collectorMetrics) : null,
    selfMetrics: topology.endpoint(party, PORTS.internalMetrics),
    health: topology.endpoint(party, PORTS.health),
  };
}
