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

/**
 * The endpoint of OTLP: the user's own, unless no pod in another namespace can reach it.
 * @param protocol of the exporter
 */
export function targetOf(
  { namespace }: Pick<Config, 'namespace'>,
  { OTEL_EXPORTER_OTLP_ENDPOINT: given }: Variables,
  protocol: 'http/protobuf' | 'grpc',
): Target {
  const { port } = protocol === 'grpc' ? PORTS.otlpGrpc : PORTS.otlpHttp;
  const url = `http://otel-collector.${namespace}:${port}`;
  if (given === null) return { url, isOurs: true, notes: [] };
  if (!isLocalName(given)) return { url: given, isOurs: given === url, notes: [] };
  const note = `OTEL_EXPORTER_OTLP_ENDPOINT is ${given}, which pods cannot reach: it is a Docker Compose name or a local address. ${url} is used.`;
  return { url, isOurs: true, notes: [note] };
}

/** A URL from an address that may lack the scheme. */
export const asUrl = (address: string): string => (/^https?:\/\//.test(address) ? address : `http://${address}`);

/** Whether a URL has a host name without a namespace, or a local address. A pod in another namespace can reach neither. */
function isLocalName(address: string): boolean {
  const { hostname } = new URL(asUrl(address));
  return !hostname.includes('.') || /^127\.|^0\.0\.0\.0$|\.docker\.internal$|\.localhost$/.test(hostname);
}
