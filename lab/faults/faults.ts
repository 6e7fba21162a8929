/** `make faults`: runs the fault experiments with the real programs, prints a table, and writes `reports/faults/faults.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../cache';
import type { Experiment } from './experiment';
import { type Row, report, rowOf } from './report';
import { chosen, settingsOf } from './settings';
import { SPAN_EXPERIMENTS } from './spans';
import { STORE_EXPERIMENTS } from './stores';

const numberOf = ({ id }: Experiment) => Number(id.slice(1));

/** All experiments, in the order of the table. */
export const EXPERIMENTS: readonly Experiment[] = [...SPAN_EXPERIMENTS, ...STORE_EXPERIMENTS].sort(
  (a, b) => numberOf(a) - numberOf(b),
);

/** Runs experiments one after another. @param keep is called with all rows so far after each @returns a row for each */
export async function runAll(
  experiments: readonly Experiment[],
  settings: { readonly crashes: number; readonly seed: number },
  keep: (rows: readonly Row[]) => void = () => undefined,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const experiment of experiments) {
    const { id, title } = experiment;
    console.log(`${id}  ${title}`);
    const row = await rowOf(experiment, { ...settings, say: (text) => console.log(`${id}    ${text}`) });
    rows.push(row);
    keep(rows);
    console.log([`${id}  ${row.verdict} (${row.seconds} s)`, ...row.figures, ...row.reasons].join('\n      '));
  }
  return rows;
}

/**
 * Runs those that `FAULTS` names, or all.
 * @returns whether all have passed, or lost only what they show to be lost; one that was not run has not
 * @throws Error for a setting that is not one
 */
export async function faults(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const { only, ...settings } = settingsOf(env);
  const folder = join(ROOT, 'reports/faults');
  mkdirSync(folder, { recursive: true });
  // After each row: a run that is ended has shown something all the same.
  const rows = await runAll(chosen(EXPERIMENTS, only), settings, (all) =>
    writeFileSync(join(folder, 'faults.json'), `${JSON.stringify(all, null, 2)}\n`),
  );
  console.log(report(rows));
  return rows.length > 0 && rows.every(({ verdict }) => verdict === 'passed' || verdict === 'KNOWN LOSS');
}
