/** Hosts that are not part of the stack. */
import type { ComponentParty, Graph, NetworkParty, PodsParty } from './parties';

/** A host outside the stack. */
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
 * The namespace of a Service of this cluster, by a DNS name that ends in `name.namespace.svc` or in that and the cluster's domain; one pod
 * of it has a label more (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). Undefined for every other host:
 * `name.namespace` alone could also be a public domain name.
 */
export function namespaceOf(host: string, clusterDomain: string): string | undefined {
  const domain = `.${clusterDomain}`;
  const labels = (host.endsWith(`.svc${domain}`) ? host.slice(0, -domain.length) : host).split('.');
  const isService = (labels.length === 3 || labels.length === 4) && labels.at(-1) === 'svc';
  return isService ? labels.at(-2) : undefined;
}

/** The pod itself: no policy applies. */
const LOOPBACK = /^(localhost|127\.[0-9.]+)$/;

/**
 * Records that a component connects to a host outside the stack. For a Service of this cluster, the connection is to the pods of its
 * namespace, because not every network plugin matches pods by address range. The port is then the pods' port.
 */
export function connectOutside(graph: Graph, client: ComponentParty, to: OutsideHost, purpose: string): void {
  if (LOOPBACK.test(to.host)) return;
  const namespace = namespaceOf(to.host, graph.clusterDomain);
  const server: NetworkParty | PodsParty =
    namespace !== undefined && to.cidr === null
      ? { kind: 'pods', name: to.host, namespace, podLabels: {} }
      : { kind: 'network', name: to.host, cidr: to.cidr };
  graph.connect({ client, server, port: to.port, protocol: 'TCP', purpose });
}
