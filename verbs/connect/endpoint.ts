/** Addresses as pods can reach them. */
import type { Variables } from '../../config/variables';
import { PORTS } from '../../lib/endpoint';
import type { Config } from '../../stack/config';

/** Where a service sends its telemetry. */
export interface Target {
  /** A URL, or `host:port` if the user's own setting has no scheme. */
  readonly url: string;
  /** Whether it is this stack's Collector. */
  readonly isOurs: boolean;
  /** Remarks on how it was chosen. */
  readonly notes: readonly string[];
}

/** How an exporter sends. */
type Protocol = 'http/protobuf' | 'grpc';

const COLLECTOR = 'otel-collector';
const PROTOCOLS = {
  'http/protobuf': { name: 'HTTP', port: PORTS.otlpHttp.port },
  grpc: { name: 'gRPC', port: PORTS.otlpGrpc.port },
} as const;

/** The endpoint of OTLP: the user's own, unless no pod in another namespace can reach it. */
export function targetOf(
  { namespace, cluster }: Pick<Config, 'namespace' | 'cluster'>,
  { OTEL_EXPORTER_OTLP_ENDPOINT: given }: Variables,
  protocol: Protocol,
): Target {
  const { port } = PROTOCOLS[protocol];
  const url = `http://${COLLECTOR}.${namespace}:${port}`;
  if (given === null) return { url, isOurs: true, notes: [] };
  const replaced = (own: string, why: string): Target => ({
    url: own,
    isOurs: true,
    notes: [`OTEL_EXPORTER_OTLP_ENDPOINT is ${given}, ${why}. ${own} is used.`],
  });
  if (isLocalName(given))
    return replaced(url, 'which pods cannot reach: it is a Docker Compose name or a local address');
  const { hostname } = new URL(asUrl(given));
  if (!isCollector(hostname, namespace, cluster.domain))
    return { url: given, isOurs: false, notes: mismatch(given, protocol) };
  const own = `http://${hostname}:${port}`;
  const isRight = asUrl(given).toLowerCase().replace(/\/$/, '') === own;
  if (isRight) return { url: given, isOurs: true, notes: [] };
  return replaced(
    own,
    `and the Collector takes ${PROTOCOLS[protocol].name} at port ${port}, without TLS and without a path`,
  );
}

/** Whether a host name is that of the stack's Collector, in one of the forms of Kubernetes' DNS. */
function isCollector(hostname: string, namespace: string, domain: string): boolean {
  const name = `${COLLECTOR}.${namespace}`;
  return [name, `${name}.svc`, `${name}.svc.${domain}`].includes(hostname.replace(/\.$/, ''));
}

/** A remark on a well-known port that is the other protocol's. */
function mismatch(given: string, protocol: Protocol): string[] {
  const port = Number(new URL(asUrl(given)).port);
  return Object.entries(PROTOCOLS)
    .filter(([other, known]) => other !== protocol && known.port === port)
    .map(
      ([, { name }]) =>
        `${given}: ${port} is the port of OTLP over ${name}, and the service sends over ${PROTOCOLS[protocol].name}. If what listens there does not take both, correct OTEL_EXPORTER_OTLP_ENDPOINT.`,
    );
}

/** A URL from an address that may lack the scheme. */
export const asUrl = (address: string): string => (/^https?:\/\//.test(address) ? address : `http://${address}`);

/** Whether a URL has a host name without a namespace, or a local address. A pod in another namespace can reach neither. */
function isLocalName(address: string): boolean {
  const { hostname } = new URL(asUrl(address));
  return !hostname.includes('.') || /^127\.|^0\.0\.0\.0$|\.docker\.internal$|\.localhost$/.test(hostname);
}
