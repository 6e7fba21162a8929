/** One measurement: a real Collector with a configuration, the spans that it gets, and what it used for them. */
import type { CollectorConfig } from '../../lab/collector-config';
import { until } from '../../lab/commands';
import { freePort } from '../../lab/free-port';
import { addressesOf, freeCollectorPorts, ownMetricsOnLoopback } from '../../lab/loopback';
import { Running } from '../../lab/running';
import { type Load, sendSpans } from '../../lab/span-load';
import type { Shape } from './collector-shapes';
import { costOf } from './process-cost';

/** The program of the Collector in `lab/programs.ts`. */
export const COLLECTOR = 'otelcol-contrib';

/** The load of each measurement. */
export const LOAD = { spansPerRequest: 100, spansPerSecond: 4000, total: 60_000 } as const;
/** Spans before it, which are not counted: connections are open then, and the heap has its size. */
const WARM_UP = 12_000;

/** What is sent in a measurement. */
export type Sending = Omit<Load, 'endpoint' | 'seed'>;

/** Two threads, whatever the machine has: Go's garbage collector uses idle ones. */
export const VARIABLES = { POD_IP: '127.0.0.1', POD_NAME: 'otel-collector-0', GOMAXPROCS: '2' };

/** What is measured. */
type Measurable = Pick<Shape, 'config' | 'env'>;

/** What was measured. */
export interface Measurement {
  /** CPU time for one span, in microseconds. */
  readonly microseconds: number;
  /** Peak of the resident memory, in MiB. */
  readonly mib: number;
  /** Spans that were sent, and did not arrive behind the Collector; below 0 if some arrived twice. */
  readonly lost: number;
  /** Spans that it refused, by cause. */
  readonly refused: Readonly<Record<string, number>>;
  /** Spans a second, as they were sent. */
  readonly rate: number;
}

/** The Collector behind the measured one, which counts spans and keeps none. */
export interface Sink {
  /** Address of its OTLP receiver for the exporter of a configuration. */
  readonly addressFor: (config: CollectorConfig) => string;
  /** Spans that it has accepted since its start. */
  readonly accepted: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Starts it. */
export async function startSink(): Promise<Sink> {
  const running = new Running();
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const [grpc = '', http = ''] = ports.map((port) => `127.0.0.1:${port}`);
  const [, , self] = ports;
  const protocols = {
    grpc: { endpoint: grpc, max_recv_msg_size_mib: 64 },
    http: { endpoint: http, max_request_body_size: 64 * 2 ** 20 },
  };
  const file = running.write('config.yaml', {
    receivers: { otlp: { protocols } },
    exporters: { nop: {} },
    service: {
      telemetry: { metrics: ownMetricsOnLoopback(self).metrics },
      pipelines: { traces: { receivers: ['otlp'], exporters: ['nop'] } },
    },
  });
  const url = `http://127.0.0.1:${self}/metrics`;
  await running.start(COLLECTOR, [`--config=${file}`], VARIABLES, url);
  const accepted = async () => acceptedSpans(await (await fetch(url)).text());
  const addressFor = ({ exporters }: CollectorConfig) => ('otlp_grpc/jaeger' in exporters ? grpc : http);
  return { addressFor, accepted, stop: () => running.stop() };
}

/** The sum of the accepted spans in a Collector's own metrics; there is no series before the first span. */
export const acceptedSpans = (metrics: string): number =>
  [...metrics.matchAll(/^otelcol_receiver_accepted_spans_total\{.*\} (\S+)$/gm)].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );

/**
 * Measures one configuration.
 * @param seed of this measurement; it also uses the next one
 * @param load what it gets. @default - that of the table
 * @throws Error with the end of the Collector's log, if it cannot be measured
 */
export async function measureCollector(
  shape: Measurable,
  sink: Sink,
  seed: number,
  load: Sending = LOAD,
): Promise<Measurement> {
  const running = new Running();
  try {
    return await measured(
      (await startCollector(running, shape, sink.addressFor(shape.config))).endpoint,
      running,
      sink,
      seed,
      load,
    );
  } catch (error) {
    const log = running.output.slice(-2000);
    throw new Error(`${(error as Error).message}; the Collector's log ends with\n${log}`, { cause: error });
  } finally {
    await running.stop();
  }
}

/**
 * Starts a Collector.
 * @param jaeger address of what gets the spans
 * @returns where it receives OTLP over HTTP, and where its own metrics are
 */
export async function startCollector(running: Running, { config, env }: Measurable, jaeger: string) {
  const ports = await freeCollectorPorts();
  const addresses = addressesOf(config, ports, jaeger, running);
  const files = [running.write('config.yaml', config), running.write('addresses.yaml', addresses)];
  const args = files.map((file) => `--config=${file}`);
  await running.start(COLLECTOR, args, { ...VARIABLES, ...env }, `http://127.0.0.1:${ports.health}/`);
  return { endpoint: `http://127.0.0.1:${ports.http}`, metrics: `http://127.0.0.1:${ports.self}/metrics` };
}

/** The warm-up has arrived before the measurement starts, and the measurement ends when its spans have. */
async function measured(
  endpoint: string,
  running: Running,
  sink: Sink,
  seed: number,
  sending: Sending,
): Promise<Measurement> {
  const before = await sink.accepted();
  const warmUp = await sendSpans({ ...sending, endpoint, total: WARM_UP, seed });
  await arrival(sink, before + warmUp.sent);
  const start = costOf(running.pid);
  const load = await sendSpans({ ...sending, endpoint, seed: seed + 1 });
  await arrival(sink, before + warmUp.sent + load.sent);
  const end = costOf(running.pid);
  // What it still has, it sends at its end.
  await running.stop();
  return {
    microseconds: (end.cpuMicroseconds - start.cpuMicroseconds) / load.sent,
    mib: end.peakMib,
    lost: before + warmUp.sent + load.sent - (await sink.accepted()),
    refused: load.refused,
    rate: load.sent / load.seconds,
  };
}

/** Waits for spans to arrive. Those that have not after a minute are lost; the measurement counts them at its end. */
const arrival = (sink: Sink, spans: number): Promise<void> =>
  until(async () => (await sink.accepted()) >= spans, `${spans} spans`, 60).catch(() => undefined);
