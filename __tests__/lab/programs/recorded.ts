/** A real Prometheus on loopback with samples of the past. */
import { writeFileSync } from 'node:fs';
import { programPath } from '../../../lab/cache';
import { must } from '../../../lab/commands';
import { freePort, Running } from '../../../lab/running';

/** A counter's increase per second, by its series as `name{labels}`. */
export type Rates = Readonly<Record<string, number>>;

/** One series of an answer: its labels and its value. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

const MINUTES = 20;

/** Starts a Prometheus whose counters grew evenly until an hour ago. */
export async function startRecorded(rates: Rates) {
  const running = new Running();
  const port = await freePort();
  const end = Math.floor(Date.now() / 1000) - 3600;
  const lines = Object.entries(rates).flatMap(([series, rate]) =>
    Array.from(
      { length: MINUTES + 1 },
      (_, minute) => `${series} ${rate * 60 * minute} ${end - 60 * (MINUTES - minute)}`,
    ),
  );
  const file = running.path('samples.txt');
  writeFileSync(file, `${lines.join('\n')}\n# EOF\n`);
  await must(programPath('promtool'), ['tsdb', 'create-blocks-from', 'openmetrics', file, running.path('tsdb')]);
  const args = [
    `--config.file=${running.write('prometheus.yaml', {})}`,
    `--storage.tsdb.path=${running.path('tsdb')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  await running.start('prometheus', args, {}, `http://127.0.0.1:${port}/-/ready`);
  return {
    /** Asks for the values at the end of the samples. @throws Error with what Prometheus says about the expression */
    query: async (expr: string): Promise<readonly Sample[]> => {
      const body = new URLSearchParams({ query: expr, time: `${end}` });
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query`, { method: 'POST', body });
      const read = (await answer.json()) as {
        error?: string;
        data?: { result: { metric: Sample['metric']; value: [number, string] }[] };
      };
      if (read.data === undefined) throw new Error(`${read.error} in ${expr}`);
      return read.data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
    },
    stop: () => running.stop(),
  };
}
