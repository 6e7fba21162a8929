import type { ComponentParty, Graph, Party } from './parties';

/** HTTP/2 without TLS, which gRPC speaks: Kubernetes' own name for it (KEP-3726). */
const H2C = 'kubernetes.io/h2c';

/**
 * The well-known ports, named once. Collector: https://opentelemetry.io/docs/specs/otlp/ and the Collector's own docs;
 * Jaeger: https://www.jaegertracing.io/docs/2.20/architecture/apis/; Prometheus and Grafana: their defaults.
 */
export const PORTS = {
  otlpGrpc: { name: 'otlp-grpc', port: 4317, appProtocol: H2C },
  otlpHttp: { name: 'otlp-http', port: 4318, appProtocol: 'http' },
  collectorMetrics: { name: 'metrics', port: 8889, appProtocol: 'http' },
  internalMetrics: { name: 'self-metrics', port: 8888, appProtocol: 'http' },
  health: { name: 'health', port: 13133, appProtocol: 'http' },
  prometheus: { name: 'http', port: 9090, appProtocol: 'http' },
  alertmanager: { name: 'http', port: 9093, appProtocol: 'http' },
  jaegerQuery: { name: 'query-http', port: 16686, appProtocol: 'http' },
  samplingHttp: { name: 'sampling-http', port: 5778, appProtocol: 'http' },
  samplingGrpc: { name: 'sampling-grpc', port: 5779, appProtocol: H2C },
  grafana: { name: 'http', port: 3000, appProtocol: 'http' },
  kubeStateMetrics: { name: 'http-metrics', port: 8080, appProtocol: 'http' },
  nodeExporter: { name: 'metrics', port: 9100, appProtocol: 'http' },
  gossip: { name: 'gossip', port: 9094 },
  gossipUdp: { name: 'gossip-udp', port: 9094, protocol: 'UDP' },
} as const satisfies Record<string, PortSpec>;

/** A port of a program. */
export interface PortSpec {
  /** Name of the container port and the Service port, at most 15 characters (IANA_SVC_NAME). */
  readonly name: string;
  readonly port: number;
  /** The application protocol, as in a Service's `appProtocol`. @default - unset */
  readonly appProtocol?: 'http' | typeof H2C;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** Name of the headless Service, which resolves to each of a component's pods. */
export const headlessName = (component: string): string => `${component}-headless`;

/** A port of a component. Clients get its address here, which also records the connection that they need. */
export interface Endpoint extends PortSpec {
  readonly server: ComponentParty;
  /** `host:port` through the component's Service, on behalf of a client. */
  addressFor(client: Party, purpose: string): string;
  /** `host:port` with a name that resolves to every pod, so that a client with long-lived connections can use all of them. */
  podsAddressFor(client: Party, purpose: string): string;
  /** `host:port` of one pod of a StatefulSet, by its number from 0. */
  podAddressFor(client: Party, index: number, purpose: string): string;
  /** `http://host:port` and a path, through the component's Service, on behalf of a client. */
  urlFor(client: Party, purpose: string, path?: string): string;
  /** Records a client that finds this port without the Service: by EndpointSlices, a forwarded port, a probe. */
  allow(client: Party, purpose: string): void;
}

/** The endpoint of a component's port. Components get theirs from `Topology.endpoint`. */
export function endpointOf(graph: Graph, server: ComponentParty, spec: PortSpec): Endpoint {
  const allow = (client: Party, purpose: string) =>
    graph.connect({ client, server, port: spec.port, protocol: spec.protocol ?? 'TCP', purpose });
  const addressFor = (client: Party, purpose: string) => {
    allow(client, purpose);
    return `${server.name}:${spec.port}`;
  };
  const podsAddressFor = (client: Party, purpose: string) => {
    allow(client, purpose);
    return `${headlessName(server.name)}:${spec.port}`;
  };
  const podAddressFor = (client: Party, index: number, purpose: string) =>
    `${server.name}-${index}.${podsAddressFor(client, purpose)}`;
  const urlFor = (client: Party, purpose: string, path = '') => `http://${addressFor(client, purpose)}${path}`;
  return { ...spec, server, addressFor, podsAddressFor, podAddressFor, urlFor, allow };
}
