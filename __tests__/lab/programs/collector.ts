/** The real Collector on loopback, as tests use it. */
import { type CollectorProps, collectorOf } from '../../../lab/collector';
import { until } from '../../../lab/commands';

/** A Collector that runs, and where it is reached. */
export type RunningCollector = Awaited<ReturnType<typeof startCollector>>;

/**
 * The Collector of an environment, without Kubernetes.
 * @param jaeger address of Jaeger's OTLP receiver
 * @param env variables of the environment, besides the pod's
 * @param patched the configuration as a patch of the ConfigMap would change it. @default - as it is rendered
 */
export async function startCollector(
  environment: string,
  jaeger: string,
  env: Readonly<Record<string, string>> = {},
  patched?: CollectorProps['patched'],
) {
  const collector = await collectorOf({ environment, jaeger, env, patched });
  await collector.start();
  return {
    ...collector,
    /** Where OTLP is sent to by gRPC. */
    grpc: `http://127.0.0.1:${collector.ports.grpc}`,
    /** Port of its own metrics. */
    selfMetrics: collector.ports.self,
    /** All that Prometheus would be given, exemplars included, which only this format has. */
    openMetrics: async (): Promise<string> => {
      const headers = { Accept: 'application/openmetrics-text; version=1.0.0' };
      return (await fetch(`http://127.0.0.1:${collector.ports.metrics}/metrics`, { headers })).text();
    },
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
