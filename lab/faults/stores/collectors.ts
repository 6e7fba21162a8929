/** The rendered Collector, pushing its metrics to programs on loopback. */
import type { Collector } from '../../collector';
import type { CollectorConfig, Components } from '../../collector-config';
import { until } from '../../commands';
import { sumOf } from '../../series';

/** Nothing listens there: for experiments without spans. */
export const NO_JAEGER = '127.0.0.1:9';

/** Lays settings over exporters or extensions that are rendered: addresses and paths of files. */
const over = (rendered: Components = {}, changes: Components): Components => ({
  ...rendered,
  ...Object.fromEntries(
    Object.entries(changes).map(([name, settings]) => {
      if (!(name in rendered)) throw new Error(`the rendered Collector has no ${name}, but ${Object.keys(rendered)}`);
      return [name, { ...rendered[name], ...settings }];
    }),
  ),
});

/** Other addresses of exporters, and other files of extensions. */
export const withAddresses =
  (exporters: Components, extensions: Components = {}) =>
  (config: CollectorConfig): CollectorConfig => ({
    ...config,
    exporters: over(config.exporters, exporters),
    extensions: over(config.extensions, extensions),
  });

/** Pushes metrics to a Prometheus. @param address its URL */
export const pushingTo = (address: string) =>
  withAddresses({ 'otlp_http/prometheus': { endpoint: `${address}/api/v1/otlp` } });

/** Points that an exporter dropped because its receiver refused them for good. */
export const dropped = async ({ self }: Collector, exporter: string): Promise<number> =>
  sumOf(await self(), `otelcol_exporter_send_failed_metric_points_total{exporter="${exporter}"}`);

/** Waits until the queue of an exporter is empty. */
export const drained = ({ self }: Collector, exporter: string, seconds = 60): Promise<void> =>
  until(
    async () => sumOf(await self(), `otelcol_exporter_queue_size{exporter="${exporter}"}`) === 0,
    `the queue of ${exporter} to be empty`,
    seconds,
  );
