/** Tests mirror the tree, so that "where is the Collector tested?" has one answer. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support';

/** Folders of tests that are of no single room: docs/testing.md says what they are for. */
const ACROSS = ['stack', 'environments', 'project', 'support', 'lab', 'cluster', 'e2e'];
/** Rooms whose folders have tests of their own. */
const DEEP = ['charts', 'content'];

const TESTS = join(ROOT, '__tests__');
const folders = (path: string) =>
  readdirSync(join(TESTS, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
const files = (path: string) =>
  readdirSync(join(TESTS, path), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

test('each folder of tests is named after the room that it tests', () => {
  const rooms = folders('').filter((name) => !ACROSS.includes(name));
  expect(rooms.length).toBeGreaterThan(5);
  expect(rooms.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
});

test.each(DEEP)('each folder of tests in %s is named after the part that it tests', (room) => {
  expect(folders(room).length).toBeGreaterThan(2);
  expect(folders(room).filter((name) => !existsSync(join(ROOT, room, name)))).toEqual([]);
  expect(files(room)).toEqual([]);
});

test('no test stands outside of a folder', () => expect(files('')).toEqual([]));

test('tests of the real programs are in a folder of the program or the room', () => {
  expect(files('lab').filter((name) => name.endsWith('.lab.ts'))).toEqual([]);
});
