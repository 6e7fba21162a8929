/** The Prometheus of an environment as it is rendered, on loopback: it can crash, and start again on the same data. */

import { containerOf } from '../../container';
import { freePort } from '../../free-port';
import { configFile, render } from '../../rendered';
import { Running } from '../../running';
import { seriesAt, sumOf } from '../../series';

/** A target that is scraped in place of the pods of a cluster. */
export interface StaticJob {
  readonly job: string;
  readonly port: number;
}

/** What differs from what is rendered. */
export interface PrometheusOptions {
  /** The text of the environment file. @default metrics by OTLP, scraped and evaluated each second */
  readonly environment?: string;
  /** Jobs besides Prometheus' own. @default none */
  readonly jobs?: readonly StaticJob[];
  /** More flags, as `--storage.tsdb.min-block-duration=10s`. @default none */
  readonly flags?: readonly string[];
  /** A change of the configuration, as a user's patch could make it. @default none */
  readonly patched?: (config: PrometheusConfig) => PrometheusConfig;
  /** The folder of the data. @default one of its own */
  readonly folder?: string;
  /** @default prometheus */
  readonly program?: string;
}

/** Its configuration, with the keys that are changed here. */
export interface PrometheusConfig {
  readonly global: object;
  readonly storage: { readonly tsdb: object };
  readonly rule_files: readonly string[];
  readonly scrape_configs: readonly object[];
  readonly alerting?: object;
  readonly remote_write?: readonly object[];
}

/** A raw sample: seconds since 1970, and its value. */
export type RawSample = readonly [seconds: number, value: number];

/** Such a Prometheus. */
export type StorePrometheus = Awaited<ReturnType<typeof storePrometheus>>;

/** The environment of most experiments: production's intervals, in fast motion. */
export const FAST =
  'janServer: null\ncollector: {metricsPath: otlp}\nprometheus: {scrapeInterval: 1s, evaluationInterval: 1s}';

/** The rendered flags, with other paths: those that a pod has as mounts. */
const withPaths = (args: readonly string[], config: string, data: string) =>
  args.map((arg) => {
    if (arg.startsWith('--config.file=')) return `--config.file=${config}`;
    return arg.startsWith('--storage.tsdb.path=') ? `--storage.tsdb.path=${data}` : arg;
  });

/** Prepares it; it is not started. */
export async function storePrometheus({
  environment = FAST,
  jobs = [],
  flags = [],
  patched = (config) => config,
  folder,
  program = 'prometheus',
}: PrometheusOptions = {}) {
  const running = new Running();
  const objects = render(environment);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const data = folder ?? running.path('data');
  const rules = running.write('rules.yaml', configFile(objects, 'prometheus-rules', 'stack.yaml'));
  const { alerting: _, ...config } = configFile<PrometheusConfig>(objects, 'prometheus-config', 'prometheus.yaml');
  // Discovery needs an API server; the limits of a scrape are global and stay.
  const all = [{ job: 'prometheus', port }, ...jobs];
  const onLoopback = {
    ...config,
    rule_files: [rules],
    scrape_configs: all.map(({ job, port: target }) => ({
      job_name: job,
      static_configs: [{ targets: [`127.0.0.1:${target}`] }],
    })),
  };
  const file = running.write('prometheus.yaml', patched(onLoopback));
  const args = [
    ...withPaths(containerOf(objects, 'Deployment', 'prometheus').args, file, data),
    `--web.listen-address=127.0.0.1:${port}`,
    '--config.auto-reload-interval=1s',
    ...flags,
  ];
  const ask = async <Result>(query: string, time?: number): Promise<readonly Result[]> => {
    const parameters = new URLSearchParams({ query, ...(time !== undefined && { time: `${time}` }) });
    const answer = await fetch(`${address}/api/v1/query?${parameters}`);
    if (!answer.ok) throw new Error(`${query}: ${await answer.text()}`);
    return ((await answer.json()) as { data: { result: readonly Result[] } }).data.result;
  };
  return {
    address,
    /** Where metrics are sent to. */
    url: `${address}/api/v1/otlp/v1/metrics`,
    /** Its rule file. */
    rules,
    data,
    running,
    /** Starts it, or starts it again. @returns seconds until it was ready */
    start: async (): Promise<number> => {
      const start = Date.now();
      await running.start(program, args, { POD_NAME: 'prometheus-0' }, `${address}/-/ready`);
      return (Date.now() - start) / 1000;
    },
    /** One of its own metrics as it is now, not as it was scraped last. */
    metric: async (selector: string): Promise<number> => sumOf(await seriesAt(port), selector),
    /** The sum of an instant query now; 0 without series. @throws Error for a query that fails */
    value: async (query: string): Promise<number> => {
      const result = await ask<{ value: readonly [number, string] }>(query);
      return result.reduce((sum, { value: [, value] }) => sum + Number(value), 0);
    },
    /** The labels of each series of an instant query. */
    series: async (query: string): Promise<readonly Readonly<Record<string, string>>[]> =>
      (await ask<{ metric: Record<string, string> }>(query)).map(({ metric }) => metric),
    /** All samples of series, as they are stored, until 15 minutes from now. */
    samples: async (selector: string): Promise<readonly RawSample[]> => {
      const until = Date.now() / 1000 + 900;
      const result = await ask<{ values: readonly [number, string][] }>(`${selector}[6h]`, until);
      return result.flatMap(({ values }) => values.map(([seconds, value]): RawSample => [seconds, Number(value)]));
    },
  };
}
