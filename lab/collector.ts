/** The real Collector on loopback, with a rendered configuration and only addresses and folders of its own. */
import { join } from 'node:path';
import type { CollectorConfig } from './collector-config';
import { addressesOf, freeCollectorPorts } from './loopback';
import { configFile, render } from './rendered';
import { Running } from './running';
import { seriesAt } from './series';

/** What a Collector is made from. */
export interface CollectorProps {
  /** Text of the environment file. Jan Server is left out: its attributes need Kubernetes. */
  readonly environment: string;
  /** Address of Jaeger's OTLP receiver. */
  readonly jaeger: string;
  /** Variables, besides the pod's. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** The configuration as a patch of the ConfigMap would change it. @default - as it is rendered */
  readonly patched?: (config: CollectorConfig) => CollectorConfig;
  /** A command that starts it. @default - none */
  readonly wrapper?: readonly string[];
  /** Folder that stands for its claim. @default - a folder of its own */
  readonly claim?: string;
}

/** A Collector, and where it is reached. */
export type Collector = Awaited<ReturnType<typeof collectorOf>>;

/** A Collector that is not started yet. It keeps its ports and its queue when it is started again. */
export async function collectorOf({ environment, jaeger, env = {}, patched, wrapper, claim }: CollectorProps) {
  const running = new Running(wrapper);
  const ports = await freeCollectorPorts();
  const objects = render(`janServer: null\n${environment}`);
  const rendered = configFile<CollectorConfig>(objects, 'otel-collector-config', 'config.yaml');
  const config = patched === undefined ? rendered : patched(rendered);
  const addresses = addressesOf(config, ports, jaeger, running, claim);
  const files = [running.write('config.yaml', config), running.write('addresses.yaml', addresses)];
  const variables = { POD_IP: '127.0.0.1', POD_NAME: 'otel-collector-0', ...env };
  return {
    /** Where OTLP is sent to by HTTP. */
    endpoint: `http://127.0.0.1:${ports.http}`,
    ports,
    running,
    /** Folder of the queue. */
    queue: join(claim ?? running.path(''), 'queue'),
    /** Starts it, and waits until it is ready. */
    start: (): Promise<void> =>
      running.start(
        'otelcol-contrib',
        files.map((file) => `--config=${file}`),
        variables,
        `http://127.0.0.1:${ports.health}/`,
      ),
    /** The series that Prometheus would scrape of the services. */
    series: () => seriesAt(ports.metrics),
    /** Those of its own metrics. */
    self: () => seriesAt(ports.self),
    /** Its log, of all starts. */
    log: () => running.output,
    end: (signal?: NodeJS.Signals) => running.end(signal),
    stop: () => running.stop(),
  };
}
