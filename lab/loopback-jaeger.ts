/** A rendered Jaeger with badger on loopback: the addresses and folders that are laid over its configuration. */
import { ownMetricsOnLoopback } from './loopback';
import { freePort, type Running } from './running';

/** The ports of one Jaeger. */
export interface JaegerPorts {
  /** OTLP over gRPC. */
  readonly otlp: number;
  /** The UI's HTTP API. */
  readonly http: number;
  /** Its own metrics. */
  readonly self: number;
  readonly health: number;
}

/** Ports that are free at this moment. */
export async function freeJaegerPorts(): Promise<JaegerPorts> {
  const [otlp, http, self, health] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  return { otlp, http, self, health };
}

/**
 * A second file of configuration: Jaeger lays it over the first. It changes addresses and folders only.
 * @param files the program whose folder has badger's files, in `keys` and `values`
 */
export const jaegerAddressesOf = (ports: JaegerPorts, files: Pick<Running, 'path'>) => ({
  receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${ports.otlp}` } } } },
  extensions: {
    healthcheckv2: { http: { endpoint: `127.0.0.1:${ports.health}` } },
    jaeger_query: { http: { endpoint: `127.0.0.1:${ports.http}` }, grpc: { endpoint: '127.0.0.1:0' } },
    jaeger_storage: {
      backends: { main: { badger: { directories: { keys: files.path('keys'), values: files.path('values') } } } },
    },
  },
  service: { telemetry: ownMetricsOnLoopback(ports.self) },
});
