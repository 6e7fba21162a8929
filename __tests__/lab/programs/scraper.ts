/** A real Prometheus on loopback that scrapes one program each second. */

import { freePort } from '../../../lab/free-port';
import { Running } from '../../../lab/running';
import { type Emitted, emittedOf, type Metadata, type SeriesLabels } from '../../../metrics/emitted';

/** Series that Prometheus itself writes about a target. */
const ABOUT_TARGETS = /^(up|scrape_.+)$/;

/** A Prometheus that scrapes, and what it has. */
export type Scraper = Awaited<ReturnType<typeof startScraper>>;

/** A series of the answer to a query, with its value. */
export interface Answer {
  readonly metric: SeriesLabels;
  readonly value: number;
}

/**
 * @param target port of the program's metrics
 * @param job its job. @default target
 * @param labels of the target, besides job and instance. @default - none
 */
export async function startScraper(target: number, job = 'target', labels: Readonly<Record<string, string>> = {}) {
  const running = new Running();
  const port = await freePort();
  const config = running.write('prometheus.yaml', {
    global: { scrape_interval: '1s', metric_name_escaping_scheme: 'underscores' },
    scrape_configs: [{ job_name: job, static_configs: [{ targets: [`127.0.0.1:${target}`], labels }] }],
  });
  const api = `http://127.0.0.1:${port}/api/v1`;
  await running.start(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${running.path('tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    {},
    `http://127.0.0.1:${port}/-/ready`,
  );
  const ask = async <Data>(path: string, parameters: Readonly<Record<string, string>>): Promise<Data> => {
    const answer = await fetch(`${api}${path}?${new URLSearchParams(parameters)}`);
    return ((await answer.json()) as { data: Data }).data;
  };
  return {
    /** What the program emits now. */
    emitted: async (): Promise<Emitted> => {
      const own = `{job="${job}"}`;
      const metadata = await ask<readonly Metadata[]>('/targets/metadata', { match_target: own });
      const { result } = await ask<{ result: readonly { metric: SeriesLabels }[] }>('/query', { query: own });
      const series = result.map(({ metric }) => metric);
      return emittedOf(
        series.filter(({ __name__ = '' }) => !ABOUT_TARGETS.test(__name__)),
        metadata,
      );
    },
    /** What an expression yields now. @throws Error where Prometheus refuses it */
    query: async (expr: string): Promise<readonly Answer[]> => {
      const found = await ask<
        { result: readonly { metric: SeriesLabels; value: readonly [number, string] }[] } | undefined
      >('/query', { query: expr });
      if (found === undefined) throw new Error(`Prometheus refuses ${expr}`);
      return found.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
    },
    /** The upper bounds of the buckets of a histogram, in ascending order, without +Inf. */
    bounds: async (histogram: string): Promise<readonly number[]> => {
      const query = `group by (le) (${histogram}_bucket)`;
      const { result } = await ask<{ result: readonly { metric: SeriesLabels }[] }>('/query', { query });
      const all = result.map(({ metric }) => Number(metric.le === '+Inf' ? Infinity : metric.le));
      return all.filter(Number.isFinite).sort((a, b) => a - b);
    },
    stop: () => running.stop(),
  };
}
