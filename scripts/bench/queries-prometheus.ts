/** A Prometheus with the series of the benchmark: six hours of samples of the shipped scrape intervals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHE, ownFolder, programPath } from '../../lab/cache';
import { must, until } from '../../lab/commands';
import { freePort } from '../../lab/free-port';
import { SHOWN_SECONDS } from './queries-grafana';
import { type PrometheusFiles, rounds } from './queries-rules';
import type { Series } from './queries-series';

/** End of the samples, and of each query: a moment at which blocks end, so that they are the same in each run. */
export const END = Date.UTC(2026, 0, 1, 12) / 1000;
/** They begin earlier than what is shown: the first rates and rules look back. */
export const START = END - SHOWN_SECONDS - 3600;

/** What block-writer reports. */
export interface Written {
  readonly series: number;
  readonly samples: number;
}

/** The folder of the blocks with these series. It is kept for the next run; those of other series are deleted. */
async function blocksOf(series: readonly Series[]): Promise<{ readonly folder: string; readonly written: Written }> {
  const input = series.map((one) => JSON.stringify(one)).join('\n');
  const key = createHash('sha256').update(programPath('block-writer')).update(`${START} ${END}`).update(input);
  const folder = join(CACHE, 'bench-blocks', key.digest('hex').slice(0, 12));
  const report = join(folder, 'written.json');
  if (!existsSync(report)) {
    rmSync(dirname(folder), { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    const temporary = mkdtempSync(`${folder}.partial-`);
    const args = [join(temporary, 'blocks'), `${START * 1000}`, `${END * 1000}`];
    writeFileSync(join(temporary, 'written.json'), await must(programPath('block-writer'), args, { input }));
    renameSync(temporary, folder);
  }
  return { folder: join(folder, 'blocks'), written: JSON.parse(readFileSync(report, 'utf8')) as Written };
}

/** Prometheus on loopback, with a folder of its own. */
export class BenchPrometheus {
  readonly #folder = ownFolder('bench');
  #child: ChildProcess | undefined;
  #url = '';
  #log = '';

  /** Where its API is. */
  get url(): string {
    return this.#url;
  }

  /** Its process. @throws Error if it does not run */
  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('Prometheus does not run');
    return this.#child.pid;
  }

  /** Writes the series, and lets it compute the recording rules over all of their time. */
  async fill(series: readonly Series[], files: PrometheusFiles): Promise<Written> {
    const { folder, written } = await blocksOf(series);
    // Links: Prometheus deletes blocks as wholes, and never writes into one.
    await must('cp', ['-al', folder, this.#data]);
    await this.start();
    for (const [index, groups] of rounds(files).entries()) {
      const rules = join(this.#folder, `rules-${index}.json`);
      writeFileSync(rules, JSON.stringify({ groups }));
      const range = ['--start', `${START}`, '--end', `${END}`, '--url', this.#url];
      // Not where Prometheus sees them: it would merge each with the others as soon as it is written.
      const blocks = join(this.#folder, `recorded-${index}`);
      await must(programPath('promtool'), [
        'tsdb',
        'create-blocks-from',
        'rules',
        ...range,
        '--output-dir',
        blocks,
        rules,
      ]);
      await this.#end();
      for (const name of readdirSync(blocks)) renameSync(join(blocks, name), join(this.#data, name));
      await this.start();
    }
    // The rules' blocks have the times of the others. Prometheus merges such blocks by itself.
    await until(() => this.#blocks() <= (END - START) / 7200 + 1, 'Prometheus to merge its blocks', 600);
    return written;
  }

  /** Starts it, again if it runs, and waits until it is ready. */
  async start(): Promise<void> {
    await this.#end();
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}`;
    const config = join(this.#folder, 'prometheus.yaml');
    writeFileSync(config, '{}');
    const args = [
      `--config.file=${config}`,
      `--storage.tsdb.path=${this.#data}`,
      '--storage.tsdb.retention.time=100y',
      // As in a stack that has run for a few hours: blocks of two hours, which are not compacted further.
      '--storage.tsdb.min-block-duration=2h',
      '--storage.tsdb.max-block-duration=2h',
      // On a slow machine a rule over the whole time may take longer than the two minutes of the default.
      '--query.timeout=10m',
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const child = spawn(programPath('prometheus'), args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    child.stderr?.on('data', (text) => (this.#log = `${this.#log}${text}`.slice(-4000)));
    const isReady = async () => child.exitCode === null && (await fetch(`${this.#url}/-/ready`)).ok;
    await until(isReady, 'Prometheus to be ready', 120).catch((error: Error) => {
      throw new Error(`${error.message}; it said\n${this.#log}`);
    });
  }

  /** Ends it, and deletes its samples. */
  async stop(): Promise<void> {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #blocks(): number {
    return readdirSync(this.#data).filter((name) => existsSync(join(this.#data, name, 'meta.json'))).length;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}
