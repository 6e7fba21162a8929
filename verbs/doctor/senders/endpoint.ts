/** Which endpoint a container sends traces to, and where it leads. */
import { isIP } from 'node:net';
import { PORTS } from '../../../lib/endpoint';
import type { DesiredState } from '../desired-state';
import type { Survey } from '../survey';
import type { SenderWorkload } from './workload';

/** The endpoint of a container. */
export interface Endpoint {
  readonly variable: string;
  readonly value: string;
  /** Without `://`; null: it has none. */
  readonly scheme: string | null;
  readonly host: string;
  /** null: it names none. */
  readonly port: number | null;
  /** With its slash; empty: it has none. */
  readonly path: string;
}

/** The variables in their order of precedence (OpenTelemetry specification, protocol/exporter). */
export const TRACES_ENDPOINT = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
export const BASE_ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** undefined: none is set. null: it is set, and its value is not known, as one of a Secret. */
export function endpointOf({ values }: SenderWorkload): Endpoint | null | undefined {
  for (const variable of [TRACES_ENDPOINT, BASE_ENDPOINT]) {
    const value = values.get(variable);
    if (value === null) return null;
    if (value !== undefined && value.trim() !== '') return { variable, value, ...parsed(value.trim()) };
  }
  return undefined;
}

function parsed(value: string): Pick<Endpoint, 'scheme' | 'host' | 'port' | 'path'> {
  const [, scheme = null, authority = '', path = ''] =
    /^(?:([^:/]*):\/\/)?(?:[^/@]*@)?([^/]*)(\/.*)?$/.exec(value) ?? [];
  const [, host = authority, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority) ?? [];
  return { scheme, host: host.toLowerCase(), port: port === undefined ? null : Number(port), path };
}

/** Where an endpoint leads. */
export type Aim =
  /** The Collector of this stack. */
  | { readonly kind: 'ours' }
  /** An address that only the pod itself, or a Docker Compose network, would resolve. */
  | { readonly kind: 'local' }
  /** The Collector's name in another namespace, where no such Service exists. */
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** A Service that does not exist, or one of the stack that is not the Collector. */
  | { readonly kind: 'service'; readonly isOurs: boolean }
  /** Somewhere else, on purpose, or where cannot be known. */
  | { readonly kind: 'elsewhere' };

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|host\.docker\.internal|.*\.localhost)$/;

/** Where the endpoint of a container leads. */
export function aimOf(
  { places, config: { namespace: own, cluster } }: DesiredState,
  { services }: Survey,
  { namespace, podPorts, isOnHost }: SenderWorkload,
  { host, port }: Endpoint,
): Aim {
  const [collector = ''] = places.intake.service.split('.');
  // A variable that is left is not known here, as the address of the node. Sockets have no host.
  if (host === '' || host.includes('$(')) return { kind: 'elsewhere' };
  if (LOCAL.test(host)) {
    // A sidecar is a Collector of the pod's own, and an agent in the network of the node is one of the node's.
    return isOnHost || (port !== null && podPorts.includes(port)) ? { kind: 'elsewhere' } : { kind: 'local' };
  }
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return { kind: 'elsewhere' };
  const short = host
    .replace(/\.?$/, '')
    .replace(new RegExp(`\\.svc(\\.${cluster.domain.replaceAll('.', '\\.')})?$`), '');
  const isFull = short !== host;
  const [service = '', place, ...rest] = short.split('.');
  if (rest.length > 0 || (place === undefined && isFull)) return { kind: 'elsewhere' };
  const target = place ?? namespace;
  if (service === collector && target === own) return { kind: 'ours' };
  if (services?.has(`${target}/${service}`) === true && target !== own) return { kind: 'elsewhere' };
  if (place === undefined) return services === null ? { kind: 'elsewhere' } : { kind: 'local' };
  if (target === own) return { kind: 'service', isOurs: true };
  // Two words may be a host on the internet: only the Collector's name shows that the cluster was meant.
  if (services === null || !(isFull || service === collector)) return { kind: 'elsewhere' };
  return service === collector ? { kind: 'namespace', namespace: target } : { kind: 'service', isOurs: false };
}

/** The ports of OTLP. */
export const OTLP = { grpc: PORTS.otlpGrpc.port, http: PORTS.otlpHttp.port } as const;
