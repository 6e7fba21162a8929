import type { JaegerConfig } from '../../config/schema';
import { type Endpoint, PORTS, type PortSpec } from '../../lib/endpoint';
import { type Identity, selectorLabels } from '../../lib/labels';
import type { ComponentParty, Party, Topology } from '../../lib/topology';

/** What some of Jaeger's pods do: all of it, or write spans, or read them. */
export interface JaegerRole {
  readonly party: ComponentParty;
  readonly identity: Identity;
  /** Jaeger's own metrics. */
  readonly selfMetrics: Endpoint;
  readonly health: Endpoint;
}

/** Jaeger's pods and their ports. */
export interface JaegerEndpoints {
  /** Who writes spans. */
  readonly writer: JaegerRole;
  /** Who serves the UI: the writer itself, where the store is inside it. */
  readonly reader: JaegerRole;
  /** Both, each once. */
  readonly roles: readonly JaegerRole[];
  /** Spans, by OTLP over gRPC; null where they come from Kafka. */
  readonly otlp: Endpoint | null;
  /** The UI and its HTTP API. */
  readonly query: Endpoint;
  /** Sampling strategies for SDKs; null where no strategies file is set. */
  readonly sampling: { readonly http: Endpoint; readonly grpc: Endpoint } | null;
  /** Where a client sends spans: one address, or that of all pods. */
  addressForSpans(client: Party): string;
}

/** Adds Jaeger to the graph: one component with badger, a writer and a reader with a store that both reach. */
export function declareJaeger(topology: Topology, instance: string, config: JaegerConfig): JaegerEndpoints {
  const role = (name: string, component: string): JaegerRole => {
    const identity = { name: 'jaeger', component, instance };
    const party = topology.component(name, selectorLabels(identity));
    const open = (spec: PortSpec) => topology.endpoint(party, spec);
    return { party, identity, selfMetrics: open(PORTS.internalMetrics), health: open(PORTS.health) };
  };
  const single = config.store.type === 'badger';
  const writer = single
    ? role('jaeger', 'tracing')
    : role(config.kafka === null ? 'jaeger-collector' : 'jaeger-ingester', 'tracing-writer');
  const reader = single ? writer : role('jaeger-query', 'tracing-query');
  const open = ({ party }: JaegerRole, spec: PortSpec) => topology.endpoint(party, spec);
  const otlp = config.kafka === null ? open(writer, PORTS.otlpGrpc) : null;
  return {
    writer,
    reader,
    roles: single ? [writer] : [writer, reader],
    otlp,
    query: open(reader, PORTS.jaegerQuery),
    sampling:
      config.samplingStrategiesFile === null
        ? null
        : { http: open(writer, PORTS.samplingHttp), grpc: open(writer, PORTS.samplingGrpc) },
    addressForSpans: (client) => {
      if (otlp === null) throw new Error('spans reach Jaeger by Kafka');
      return single ? otlp.addressFor(client, 'spans') : otlp.podsAddressFor(client, 'spans');
    },
  };
}
