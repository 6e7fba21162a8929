/** The real Collector on loopback, with the rendered configuration and only addresses of its own. */
import { until } from '../../../lab/commands';
import { addressesOf, freeCollectorPorts } from '../../../lab/loopback';
import { Running } from '../../../lab/running';
import type { CollectorConfig } from '../../../scripts/bench/collector-config';
import { configFile, render } from '../../support';

/** A Collector that runs, and where it is reached. */
export type RunningCollector = Awaited<ReturnType<typeof startCollector>>;

/**
 * The Collector of an environment, without Kubernetes.
 * @param jaeger address of Jaeger's OTLP receiver
 * @param env variables of the environment, besides the pod's
 * @param patched the configuration as a patch of the ConfigMap would change it. @default - as it is rendered
 */
export async function startCollector(
  text: string,
  jaeger: string,
  env: Readonly<Record<string, string>> = {},
  patched: (config: CollectorConfig) => CollectorConfig = (config) => config,
) {
  const running = new Running();
  const ports = await freeCollectorPorts();
  const objects = render(`janServer: null\n${text}`);
  const rendered = patched(configFile<CollectorConfig>(objects, 'otel-collector-config', 'config.yaml'));
  const addresses = addressesOf(rendered, ports, jaeger, running);
  const files = [running.write('config.yaml', rendered), running.write('addresses.yaml', addresses)];
  const variables = { POD_IP: '127.0.0.1', POD_NAME: 'otel-collector-0', ...env };
  await running.start(
    'otelcol-contrib',
    files.map((file) => `--config=${file}`),
    variables,
    `http://127.0.0.1:${ports.health}/`,
  );
  return {
    /** Where OTLP is sent to by HTTP. */
    endpoint: `http://127.0.0.1:${ports.http}`,
    /** Where OTLP is sent to by gRPC. */
    grpc: `http://127.0.0.1:${ports.grpc}`,
    /** Port of its own metrics. */
    selfMetrics: ports.self,
    /** The series that Prometheus would scrape, as `name{labels}` to their values. */
    series: async (): Promise<ReadonlyMap<string, number>> => {
      const lines = (await (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).text()).split('\n');
      const samples = lines.filter((line) => line !== '' && !line.startsWith('#'));
      return new Map(
        samples.map((line): [string, number] => {
          const end = line.lastIndexOf(' ');
          return [line.slice(0, end), Number(line.slice(end + 1))];
        }),
      );
    },
    /** All that Prometheus would be given, exemplars included, which only this format has. */
    openMetrics: async (): Promise<string> => {
      const headers = { Accept: 'application/openmetrics-text; version=1.0.0' };
      return (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`, { headers })).text();
    },
    /** Its log. */
    log: () => running.output,
    stop: () => running.stop(),
  };
}

/** The sum of a metric's series that have some labels, and how many there are. */
export async function total(
  { series }: Pick<RunningCollector, 'series'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<{ readonly sum: number; readonly count: number }> {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const found = [...(await series())].filter(
    ([id]) => id.startsWith(`${name}{`) && wanted.every((label) => id.includes(label)),
  );
  return { sum: found.reduce((sum, [, value]) => sum + value, 0), count: found.length };
}

/** Waits for the sum of some series. One flush of the span metrics is 15 s; a counter is whole with the second one. */
export const becomes = (
  collector: Pick<RunningCollector, 'series'>,
  name: string,
  labels: Readonly<Record<string, string>>,
  sum: number,
): Promise<void> =>
  until(
    async () => (await total(collector, name, labels)).sum === sum,
    `${name}${JSON.stringify(labels)} to be ${sum}`,
    45,
  );
