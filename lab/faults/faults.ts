/** `make faults`: runs the fault experiments with the real programs, prints a table, and writes `reports/faults/faults.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../lib/markdown';
import { ROOT } from '../cache';
import { since } from '../commands';
import type { Experiment, Outcome, Runs, Verdict } from './experiment';

/** All experiments, in the order of the table. */
export const EXPERIMENTS: readonly Experiment[] = [];

/** A row of the report. */
export interface Row extends Omit<Outcome, 'failures' | 'figures'> {
  readonly id: string;
  readonly verdict: Verdict;
  readonly title: string;
  /** Why it has failed; empty if it has passed. */
  readonly failures: readonly string[];
  readonly figures: readonly string[];
}

const NOTHING = { offered: 0, acked: 0, stored: 0, refused: 0, duplicated: 0, lost: 0, spanMetricsError: null };

/** Runs one; an experiment that throws has failed. */
async function rowOf({ id, title, run }: Experiment, runs: Runs): Promise<Row> {
  try {
    const outcome = await run(runs);
    return { id, verdict: outcome.failures.length === 0 ? 'passed' : 'FAILED', title, ...outcome };
  } catch (error) {
    return { id, verdict: 'FAILED', title, ...NOTHING, failures: [(error as Error).message], figures: [] };
  }
}

/** The table, then each failure. */
export function report(rows: readonly Row[]): string {
  const counts = ['offered', 'acked', 'stored', 'refused', 'duplicated', 'lost'] as const;
  const cells = rows.map((row) => [
    row.id,
    row.title,
    ...counts.map((count) => `${row[count]}`),
    row.spanMetricsError === null ? '-' : `${row.spanMetricsError}`,
    row.verdict,
    row.figures.join(', '),
  ]);
  const head = ['id', 'experiment', ...counts, 'error of span metrics', 'verdict', 'figures'];
  const problems = rows.flatMap(({ id, failures }) => failures.map((text) => `FAILED  ${id}: ${text}`));
  return [table(head, cells), ...problems].join('\n');
}

/** Runs those that `FAULTS` names, or all. @returns whether all have passed */
export async function faults(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const runs = { crashes: Number(env.FAULTS_RUNS ?? 5), seed: Number(env.FAULTS_SEED ?? 1) };
  const only = (env.FAULTS ?? '').split(',').filter(Boolean);
  const rows: Row[] = [];
  for (const experiment of EXPERIMENTS.filter(({ id }) => only.length === 0 || only.includes(id))) {
    const start = Date.now();
    const row = await rowOf(experiment, runs);
    rows.push(row);
    console.log(`${row.verdict}  ${row.id} ${row.title} (${since(start)})`);
  }
  const folder = join(ROOT, 'reports/faults');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'faults.json'), `${JSON.stringify(rows, null, 2)}\n`);
  console.log(report(rows));
  return rows.length > 0 && rows.every(({ verdict }) => verdict === 'passed');
}
