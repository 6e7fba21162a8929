/** A real Prometheus on loopback that takes samples by OTLP, each with its own time. */
import { freePort } from '../../../lab/free-port';
import { Running } from '../../../lab/running';

/** A sample of a counter, whose name ends in `_total`. */
export interface Sample {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** In milliseconds since 1970. */
  readonly time: number;
}

/** Such a Prometheus. */
export type Pushed = Awaited<ReturnType<typeof startPushed>>;

/** Starts it without data. It accepts samples of the last hour. */
export async function startPushed() {
  const running = new Running();
  const port = await freePort();
  const config = running.write('prometheus.yaml', { storage: { tsdb: { out_of_order_time_window: '1h' } } });
  const address = `http://127.0.0.1:${port}`;
  await running.start(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${running.path('tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-otlp-receiver',
    ],
    {},
    `${address}/-/ready`,
  );
  return {
    /** @throws Error if Prometheus refuses them */
    push: async (samples: readonly Sample[]): Promise<void> => {
      const metrics = samples.map(({ name, attributes, time }) => ({
        name,
        sum: {
          isMonotonic: true,
          aggregationTemporality: 2,
          dataPoints: [
            {
              asInt: '1',
              timeUnixNano: `${time}000000`,
              attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } })),
            },
          ],
        },
      }));
      const answer = await fetch(`${address}/api/v1/otlp/v1/metrics`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
      });
      if (!answer.ok) throw new Error(`Prometheus refused the samples: ${answer.status} ${await answer.text()}`);
    },
    /** The labels of each series of an instant query, now. @throws Error for a query that fails */
    series: async (query: string): Promise<readonly Readonly<Record<string, string>>[]> => {
      const answer = await fetch(`${address}/api/v1/query?${new URLSearchParams({ query })}`);
      if (!answer.ok) throw new Error(`${query}: ${await answer.text()}`);
      const { data } = (await answer.json()) as { data: { result: { metric: Record<string, string> }[] } };
      return data.result.map(({ metric }) => metric);
    },
    stop: () => running.stop(),
  };
}
