/** A real Prometheus on loopback with samples of the past, and with what it would have recorded of them for panels. */
import { writeFileSync } from 'node:fs';
import { panelRecordingRules, RECORDED } from '../../../content/dashboards/records';
import { programPath } from '../../../lab/cache';
import { must } from '../../../lab/commands';
import { freePort } from '../../../lab/free-port';
import { Running } from '../../../lab/running';
import { configFrom } from '../../support';

/** A counter's increase per second, by its series as `name{labels}`. */
export type Rates = Readonly<Record<string, number>>;

/** One series of an answer: its labels and its value. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

const MINUTES = 20;

const rules = panelRecordingRules(configFrom('prometheus: {scrapeInterval: 1m}'), () => undefined).flatMap(
  (group) => group.rules,
);
/** Records that are read by others are computed before them. */
const ofOthers = new Set(RECORDED.filter(({ of }) => of !== undefined).map(({ record }) => record));
const ROUNDS = [false, true].map((later) => rules.filter(({ record }) => ofOthers.has(record) === later));

/** Starts a Prometheus whose counters grew evenly until an hour ago. */
export async function startRecorded(rates: Rates) {
  const running = new Running();
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
  for (const [round, of] of ROUNDS.entries()) {
    const { running: reader, url } = await prometheusOver(running.path('tsdb'));
    const rulesFile = running.write(`rules-${round}.yaml`, { groups: [{ name: 'panels', interval: '1m', rules: of }] });
    const range = ['--start', `${end - 60 * MINUTES}`, '--end', `${end}`, '--url', url];
    await must(programPath('promtool'), [
      ...[
        'tsdb',
        'create-blocks-from',
        'rules',
        ...range,
        '--output-dir',
        running.path(`recorded-${round}`),
        rulesFile,
      ],
    ]).finally(() => reader.stop());
    await must('cp', ['-r', `${running.path(`recorded-${round}`)}/.`, running.path('tsdb')]);
  }
  const { running: prometheus, url } = await prometheusOver(running.path('tsdb'));
  return {
    /** Asks for the values at the end of the samples. @throws Error with what Prometheus says about the expression */
    query: async (expr: string): Promise<readonly Sample[]> => {
      const body = new URLSearchParams({ query: expr, time: `${end}` });
      const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body });
      const read = (await answer.json()) as {
        error?: string;
        data?: { result: { metric: Sample['metric']; value: [number, string] }[] };
      };
      if (read.data === undefined) throw new Error(`${read.error} in ${expr}`);
      return read.data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
    },
    stop: () => prometheus.stop().then(() => running.stop()),
  };
}

/** A Prometheus over a folder of blocks. */
async function prometheusOver(folder: string) {
  const running = new Running();
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${running.write('prometheus.yaml', {})}`,
    `--storage.tsdb.path=${folder}`,
    `--web.listen-address=${url.slice('http://'.length)}`,
  ];
  await running.start('prometheus', args, {}, `${url}/-/ready`);
  return { running, url };
}
