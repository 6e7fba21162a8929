/** A rendered Collector configuration on loopback: the addresses that are laid over it. */
import { join } from 'node:path';
import { ownMetrics } from '../lib/otel-settings';
import { freePort } from './free-port';
import type { Running } from './running';

/** The ports of one Collector. */
export interface CollectorPorts {
  readonly grpc: number;
  readonly http: number;
  /** What the `prometheus` exporter serves. */
  readonly metrics: number;
  /** Its own metrics. */
  readonly self: number;
  readonly health: number;
}

/** Ports that are free at this moment. */
export async function freeCollectorPorts(): Promise<CollectorPorts> {
  const [grpc, http, metrics, self, health] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  return { grpc, http, metrics, self, health };
}

/** A Collector's configuration, with the keys that matter here. */
interface Configured {
  readonly extensions?: Readonly<Record<string, object>>;
  readonly exporters?: Readonly<Record<string, object>>;
}

/**
 * A second file of configuration: a Collector lays it over the first. It changes addresses and folders only, of what the first one has.
 * @param jaeger address of the receiver that gets the spans, for the protocol of the exporter
 * @param files the program whose folder has the queue
 * @param claim folder in which the queue is, as on its claim. @default - the folder of the program
 */
export const addressesOf = (
  { extensions, exporters }: Configured,
  ports: CollectorPorts,
  jaeger: string,
  files: Pick<Running, 'path'>,
  claim = files.path(''),
) => ({
  receivers: {
    otlp: {
      protocols: { grpc: { endpoint: `127.0.0.1:${ports.grpc}` }, http: { endpoint: `127.0.0.1:${ports.http}` } },
    },
  },
  exporters: only(exporters, {
    // The rendered Collector sends by HTTP; the original pipeline of the benches by gRPC.
    'otlp_http/jaeger': { endpoint: `http://${jaeger}` },
    'otlp_grpc/jaeger': { endpoint: jaeger },
    prometheus: { endpoint: `127.0.0.1:${ports.metrics}` },
  }),
  extensions: only(extensions, {
    health_check: { endpoint: `127.0.0.1:${ports.health}` },
    'file_storage/queue': {
      directory: join(claim, 'queue'),
      compaction: { directory: join(claim, 'compaction') },
    },
  }),
  service: { telemetry: ownMetricsOnLoopback(ports.self) },
});

/** The settings of components that are configured. */
const only = (configured: object = {}, settings: Readonly<Record<string, object>>) =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name in configured));

/** The settings of `service.telemetry` that serve a Collector's own metrics on loopback. */
export const ownMetricsOnLoopback = (port: number) => ({
  metrics: {
    readers: [
      { pull: { exporter: { prometheus: { ...ownMetrics(port).pull.exporter.prometheus, host: '127.0.0.1' } } } },
    ],
  },
});
