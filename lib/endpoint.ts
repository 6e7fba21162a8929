import type { ComponentParty, NetworkParty, Party, PodsParty, Topology } from './topology';

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
  /** What is spoken there, as in a Service's `appProtocol`. @default - not said */
  readonly appProtocol?: 'http' | typeof H2C;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** Name of the Service that gives a component's pods each for itself, instead of one address for all. */
export const headlessName = (component: string): string => `${component}-headless`;

/** A port of a component. Nobody types an address: clients ask here, and that records the edge. */
export interface Endpoint extends PortSpec {
  readonly server: ComponentParty;
  /** `host:port` through the component's Service, on behalf of a client. */
  addressFor(client: Party, purpose: string): string;
  /** `host:port` where the name stands for every pod, so that a client which keeps connections open can use them all. */
  podsAddressFor(client: Party, purpose: string): string;
  /** `host:port` of one pod of a StatefulSet, by its number from 0. */
  podAddressFor(client: Party, index: number, purpose: string): string;
  /** `http://host:port` and a path, through the component's Service, on behalf of a client. */
  urlFor(client: Party, purpose: string, path?: string): string;
  /** Says that a client finds this port by other means than the Service: by endpoint slices, a forwarded port, a probe. */
  allow(client: Party, purpose: string): void;
}

/** The endpoint of a component's port. Components get theirs from `Topology.endpoint`. */
export function endpointOf(topology: Topology, server: ComponentParty, spec: PortSpec): Endpoint {
  const allow = (client: Party, purpose: string) =>
    topology.connect({ client, server, port: spec.port, protocol: spec.protocol ?? 'TCP', purpose });
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

/** A host that is not of the stack. */
export interface OutsideHost {
  readonly host: string;
  readonly port: number;
  /** Address range of the host; null: any address but the metadata ones. */
  readonly cidr: string | null;
}

/** The host and port behind an http or https URL. */
export function hostOf(url: string): Pick<OutsideHost, 'host' | 'port'> {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

/** The host and port of `host:port`. */
export function hostOfPair(pair: string): Pick<OutsideHost, 'host' | 'port'> {
  const colon = pair.lastIndexOf(':');
  return { host: pair.slice(0, colon), port: Number(pair.slice(colon + 1)) };
}

/**
 * The namespace of a Service of this cluster, by a DNS name that ends in `name.namespace.svc` or in that and the cluster's domain;
 * one pod of it has a label more (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). Undefined for every
 * other host: `name.namespace` alone may as well be a domain of the internet.
 */
export function namespaceOf(host: string, clusterDomain: string): string | undefined {
  const domain = `.${clusterDomain}`;
  const labels = (host.endsWith(`.svc${domain}`) ? host.slice(0, -domain.length) : host).split('.');
  const isService = (labels.length === 3 || labels.length === 4) && labels.at(-1) === 'svc';
  return isService ? labels.at(-2) : undefined;
}

/** The pod itself: no policy is asked. */
const LOOPBACK = /^(localhost|127\.[0-9.]+)$/;

/**
 * Records that a component connects to a host that is not of the stack. A Service of this cluster stands for the pods of its
 * namespace: an address range does not match pods with every network plugin. The port is that of its pods then.
 */
export function connectOutside(topology: Topology, client: ComponentParty, to: OutsideHost, purpose: string): void {
  if (LOOPBACK.test(to.host)) return;
  const namespace = namespaceOf(to.host, topology.clusterDomain);
  const server: NetworkParty | PodsParty =
    namespace !== undefined && to.cidr === null
      ? { kind: 'pods', name: to.host, namespace, podLabels: {} }
      : { kind: 'network', name: to.host, cidr: to.cidr };
  topology.connect({ client, server, port: to.port, protocol: 'TCP', purpose });
}
