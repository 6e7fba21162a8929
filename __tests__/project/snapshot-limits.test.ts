/** Snapshots are read in reviews, in a browser: short files, short lines, and no more of both than someone reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support';

const LINES_IN_ALL = 12_000;
const LINES_OF_A_FILE = 1500;
const CHARACTERS_OF_A_LINE = 200;

const snapshots = readdirSync(join(ROOT, '__tests__'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => path.includes('__snapshots__') || path.endsWith('.snap'))
  .map((path) => ({ path: path.slice(ROOT.length + 1), lines: readFileSync(path, 'utf8').split('\n') }));

test(`snapshots have at most ${LINES_IN_ALL} lines in all`, () => {
  expect(snapshots.length).toBeGreaterThan(50);
  expect(snapshots.reduce((sum, { lines }) => sum + lines.length - 1, 0)).toBeLessThanOrEqual(LINES_IN_ALL);
});

test(`no snapshot has more than ${LINES_OF_A_FILE} lines`, () => {
  expect(snapshots.filter(({ lines }) => lines.length - 1 > LINES_OF_A_FILE).map(({ path }) => path)).toEqual([]);
});

test(`no line of a snapshot has more than ${CHARACTERS_OF_A_LINE} characters`, () => {
  const long = ({ lines }: (typeof snapshots)[number]) => lines.some((line) => line.length > CHARACTERS_OF_A_LINE);
  expect(snapshots.filter(long).map(({ path }) => path)).toEqual([]);
});
