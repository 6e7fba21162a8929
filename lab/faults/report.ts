/** The report of the fault experiments: a row each. */
import { table } from '../../lib/markdown';
import type { Experiment, NotRun, Outcome, Runs, Verdict } from './experiment';

/** A row of the report. */
export interface Row extends Omit<Outcome, 'failures'> {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** Why it has failed, or was not run; empty if it has passed. */
  readonly reasons: readonly string[];
  readonly seconds: number;
}

const NOTHING = {
  ...{ offered: 0, acked: 0, stored: 0, refused: 0, duplicated: 0, lost: 0 },
  spanMetricsError: null,
  figures: [],
};

/** An outcome as part of a row. */
function verdictOn(outcome: Outcome | NotRun): Omit<Row, 'id' | 'title' | 'seconds'> {
  if ('notRun' in outcome) return { ...NOTHING, verdict: 'NOT RUN', reasons: [outcome.notRun] };
  const { failures, ...counted } = outcome;
  if (failures.length > 0) return { ...counted, verdict: 'FAILED', reasons: failures };
  return { ...counted, verdict: counted.lost === 0 ? 'passed' : 'KNOWN LOSS', reasons: [] };
}

/** Runs one. One that throws has failed. */
export async function rowOf(experiment: Experiment, runs: Runs): Promise<Row> {
  const start = Date.now();
  const outcome = await experiment
    .run(runs)
    .catch((error: Error): Outcome => ({ ...NOTHING, failures: [`it could not be done: ${error.message}`] }));
  const { id, title } = experiment;
  return { id, title, ...verdictOn(outcome), seconds: Math.round((Date.now() - start) / 1000) };
}

const COUNTS = ['offered', 'acked', 'stored', 'refused', 'duplicated', 'lost'] as const;

/** The table, then each reason. */
export function report(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.id,
    row.title,
    // A zero that nothing has counted would look like a result.
    ...COUNTS.map((count) => (row.verdict === 'NOT RUN' ? '-' : `${row[count]}`)),
    row.spanMetricsError === null ? '-' : `${row.spanMetricsError}`,
    row.verdict,
    `${row.seconds} s`,
    row.figures.join(', '),
  ]);
  const head = ['id', 'experiment', ...COUNTS, 'error of span metrics', 'verdict', 'time', 'figures'];
  const reasons = rows.flatMap(({ id, verdict, reasons: all }) => all.map((text) => `${verdict}  ${id}: ${text}`));
  return [table(head, cells), ...reasons].join('\n');
}
