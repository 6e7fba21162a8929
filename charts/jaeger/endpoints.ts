import type { JaegerConfig } from '../../config/schema';
import { type Endpoint, PORTS } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';

/** Jaeger's ports. */
export interface JaegerEndpoints {
  readonly party: ComponentParty;
  /** Spans, by OTLP over gRPC. */
  readonly otlp: Endpoint;
  /** The UI and its HTTP API. */
  readonly query: Endpoint;
  /** Sampling strategies for SDKs; null where no strategies file is set. */
  readonly sampling: { readonly http: Endpoint; readonly grpc: Endpoint } | null;
  /** Jaeger's own metrics. */
  readonly selfMetrics: Endpoint;
  readonly health: Endpoint;
}

/** What Jaeger is called in labels. */
export const jaegerIdentity = (instance: string): Identity => ({ name: 'jaeger', component: 'tracing', instance });

/** Adds Jaeger to the graph. */
export function declareJaeger(topology: Topology, instance: string, config: JaegerConfig): JaegerEndpoints {
  const party = topology.component('jaeger', selectorLabels(jaegerIdentity(instance)));
  const open = (spec: (typeof PORTS)[keyof typeof PORTS]) => topology.endpoint(party, spec);
  return {
    party,
    otlp: open(PORTS.otlpGrpc),
    query: open(PORTS.jaegerQuery),
    sampling:
      config.samplingStrategiesFile === null
        ? null
        : { http: open(PORTS.samplingHttp), grpc: open(PORTS.samplingGrpc) },
    selfMetrics: open(PORTS.internalMetrics),
    health: open(PORTS.health),
  };
}
