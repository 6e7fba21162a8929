/**
 * The slowest panel over six hours at 200,000 series. Every query of every panel of `dist/`
 * goes to a real Prometheus, one at a time, in rounds. Prints a table and writes `reports/bench-queries.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { buildPrograms } from '../../lab/build';
import { readManifests } from '../../lab/conformance/manifests';
import { costOf } from './process-cost';
import { alertSeries } from './queries-alerts';
import { type PanelQuery, panelQueries, SHOWN_SECONDS } from './queries-grafana';
import { BenchPrometheus, END, START, type Written } from './queries-prometheus';
import { alertsOf, prometheusFiles } from './queries-rules';
import { benchSeries } from './queries-series';
import { lineOf, plain } from './row';

/** Rounds that are measured. One before them loads the files into memory. */
const ROUNDS = 5;
const GOAL_MS = 300;
const LEAST_SERIES = 200_000;
const SLOWEST = 10;

interface Measured extends PanelQuery {
  /** Wall time of each round, in milliseconds. */
  readonly ms: number[];
  /** Processor time that Prometheus spent in all rounds, in milliseconds. */
  cpuMs: number;
  /** Series of the answer. */
  readonly results: number;
}

/** Processor time of a process so far, in milliseconds. */
const cpuOf = (pid: number): number => costOf(pid).cpuMicroseconds / 1000;

/** Asks once, until the answer is there. @returns the answer @throws Error with what Prometheus says */
async function ask(url: string, { expr, step, panel }: PanelQuery): Promise<ArrayBuffer> {
  const end = step === undefined ? END : END - (END % step);
  const range = step === undefined ? undefined : { start: `${end - SHOWN_SECONDS}`, end: `${end}`, step: `${step}` };
  const body = new URLSearchParams({ query: expr, ...(range ?? { time: `${end}` }) });
  const answer = await fetch(`${url}/api/v1/query${range === undefined ? '' : '_range'}`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`${panel}: ${await answer.text()} in ${expr}`);
  return answer.arrayBuffer();
}

/** The number of series in an answer. */
const resultsOf = (answer: ArrayBuffer): number =>
  (JSON.parse(Buffer.from(answer).toString()) as { readonly data: { readonly result: readonly unknown[] } }).data.result
    .length;

async function measureAll(prometheus: BenchPrometheus, queries: readonly PanelQuery[]): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const query of queries)
    measured.push({ ...query, ms: [], cpuMs: 0, results: resultsOf(await ask(prometheus.url, query)) });
  for (let round = 0; round < ROUNDS; round++) {
    for (const query of measured) {
      const [start, cpu] = [process.hrtime.bigint(), cpuOf(prometheus.pid)];
      await ask(prometheus.url, query);
      query.ms.push(Number(process.hrtime.bigint() - start) / 1e6);
      query.cpuMs += cpuOf(prometheus.pid) - cpu;
    }
  }
  return measured;
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

const median = ({ ms }: Measured): number => quantile(ms, 0.5);

/** The rows of the table, and the slowest queries. */
function summary(measured: readonly Measured[]) {
  const all = measured.flatMap(({ ms }) => ms);
  const slowest = [...measured].sort((a, b) => median(b) - median(a));
  const p99 = quantile(all, 0.99);
  const [first] = slowest;
  return {
    rows: [
      plain(`panel queries over 6 h, p50 of ${measured.length}`, quantile(all, 0.5), 'ms'),
      { ...plain('panel queries over 6 h, p99', p99, 'ms'), goal: `< ${GOAL_MS}`, met: p99 < GOAL_MS },
      // Without a goal: it counts work that runs beside the query, as the collection of garbage.
      plain(
        'processor time of Prometheus for each, p99',
        quantile(
          measured.map(({ cpuMs }) => cpuMs / ROUNDS),
          0.99,
        ),
        'ms',
      ),
      ...(first === undefined ? [] : [plain(`slowest: ${first.dashboard} / ${first.panel}`, median(first), 'ms')]),
    ],
    // From the slowest to the fastest.
    queries: slowest.map(({ ms, cpuMs, ...query }) => ({
      ...query,
      ms: Number(quantile(ms, 0.5).toFixed(1)),
      cpuMs: Math.round(cpuMs / ROUNDS),
    })),
    over: measured.filter((one) => median(one) >= GOAL_MS).length,
    withoutData: measured.filter(({ results }) => results === 0).length,
  };
}

/**
 * Measures and prints the table. The exit code is 1 if the goal is missed.
 * @throws Error if it cannot be measured
 */
export async function benchQueries(): Promise<void> {
  await buildPrograms(['prometheus', 'promtool', 'block-writer']);
  const [production, development] = ['production', 'development'].map((name) => readManifests(`dist/${name}`));
  if (production === undefined || development === undefined) throw new Error('dist/ has no environments');
  // The larger environment decides what is stored. The queries are those of both, each once.
  const files = prometheusFiles(production);
  const series = benchSeries(files.intervals, alertSeries(alertsOf(files), START));
  const scrape = files.intervals[''] ?? Number.NaN;
  const queries = unique([production, development].flatMap((set) => panelQueries(set, scrape)));
  const prometheus = new BenchPrometheus();
  try {
    const written = await prometheus.fill(series, files);
    if (written.series < LEAST_SERIES) throw new Error(`${written.series} series are fewer than ${LEAST_SERIES}`);
    report({ ...written, ...summary(await measureAll(prometheus, queries)) });
  } finally {
    await prometheus.stop();
  }
}

/** Each query once, with the first panel that sends it. */
const unique = (queries: readonly PanelQuery[]): readonly PanelQuery[] => [
  ...new Map([...queries].reverse().map((query) => [`${query.step} ${query.expr}`, query])).values(),
];

function report(found: Written & ReturnType<typeof summary>): void {
  const { series, samples, rows, queries, over, withoutData } = found;
  console.log(
    `${series} series, ${samples} samples; ${over} queries take ${GOAL_MS} ms or more, ${withoutData} have no data`,
  );
  process.stdout.write(rows.map(lineOf).join(''));
  for (const { dashboard, panel, ms, cpuMs } of queries.slice(0, SLOWEST))
    console.log(`  ${ms.toFixed(0).padStart(6)} ms, ${`${cpuMs}`.padStart(6)} ms CPU  ${dashboard} / ${panel}`);
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/bench-queries.json', `${JSON.stringify(found, null, 2)}\n`);
  if (rows.some(({ met }) => met === false)) process.exitCode = 1;
}
