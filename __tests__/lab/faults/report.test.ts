import type { Experiment, NotRun, Outcome } from '../../../lab/faults/experiment';
import { runAll } from '../../../lab/faults/faults';
import { report } from '../../../lab/faults/report';

const GOOD: Outcome = {
  ...{ offered: 10, acked: 8, stored: 8, refused: 2, duplicated: 1, lost: 0 },
  spanMetricsError: 0,
  failures: [],
  figures: ['exit after 0.4 s'],
};
const experiment = (id: string, run: () => Promise<Outcome | NotRun>): Experiment => ({
  id,
  title: `Title of ${id}`,
  passes: 'always',
  run,
});
const rowsOf = (...experiments: readonly Experiment[]) => runAll(experiments, { crashes: 1, seed: 1 });

beforeEach(() => jest.spyOn(console, 'log').mockImplementation(() => undefined));

test('an experiment without failures has passed, and its row has the counts', async () => {
  const [row] = await rowsOf(experiment('F1', async () => GOOD));
  expect(row).toMatchObject({ id: 'F1', verdict: 'passed', acked: 8, lost: 0, spanMetricsError: 0, reasons: [] });
  expect(report([row as never])).toContain('| F1 | Title of F1 | 10 | 8 | 8 | 2 | 1 | 0 | 0 | passed |');
});

test('a criterion that was not met is a failure, with its text below the table', async () => {
  const rows = await rowsOf(experiment('F1', async () => ({ ...GOOD, failures: ['not met: nothing is lost'] })));
  expect(rows[0]).toMatchObject({ verdict: 'FAILED', acked: 8 });
  expect(report(rows)).toContain('FAILED  F1: not met: nothing is lost');
});

test('an experiment that throws has failed, and the next one is run', async () => {
  const rows = await rowsOf(
    experiment('F1', () => Promise.reject(new Error('no port'))),
    experiment('F2', async () => GOOD),
  );
  expect(rows.map(({ verdict }) => verdict)).toEqual(['FAILED', 'passed']);
  expect(rows[0]?.reasons).toEqual(['it could not be done: no port']);
});

test('the rows so far are kept after each experiment', async () => {
  const kept: string[] = [];
  const all = [experiment('F1', () => Promise.reject(new Error('no port'))), experiment('F2', async () => GOOD)];
  await runAll(all, { crashes: 1, seed: 1 }, (rows) => kept.push(rows.map(({ id }) => id).join()));
  expect(kept).toEqual(['F1', 'F1,F2']);
});

test('a loss that the experiment shows, and that it allows, is not called passed', async () => {
  const rows = await rowsOf(experiment('F6', async () => ({ ...GOOD, lost: 3 })));
  expect(rows[0]).toMatchObject({ verdict: 'KNOWN LOSS', lost: 3, reasons: [] });
});

test('what was not run is no pass, and has no counts that look like a result', async () => {
  const rows = await rowsOf(experiment('F7', async () => ({ notRun: 'no cgroups here' })));
  expect(rows[0]?.verdict).toBe('NOT RUN');
  expect(report(rows)).toContain('| F7 | Title of F7 | - | - | - | - | - | - | - | NOT RUN |');
  expect(report(rows)).toContain('NOT RUN  F7: no cgroups here');
});
