import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS } from '../../../charts/backup/folders';
import { STAGE, STORE_SCRIPT, SUMS } from '../../../charts/backup/scripts';
import { Machine } from './script-runner';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  for (const file of ['data/a/wal/1', 'about.json', SUMS]) machine.write(`${FOLDERS.scheduled}/${file}`, file);
});
afterEach(() => machine.remove());

const OLD = ['20250101T000000Z', '20250102T000000Z', '20250103T000000Z'];
const withOld = () => {
  for (const name of OLD) machine.addCopy(name, SUMS);
};
const store = (keep: number, variables = {}) => machine.run(STORE_SCRIPT, [machine.store, String(keep)], variables);
const newest = () => machine.copies().filter((name) => !OLD.includes(name) && /^\d{8}T\d{6}Z$/.test(name));

test('the copy is stored with its checksums, and nothing stays on the claim', () => {
  expect(store(2)).toEqual({ code: 0, output: expect.stringMatching(/stored \d{8}T\d{6}Z/) });
  const [name = ''] = newest();
  expect(readFileSync(join(machine.store, name, 'data/a/wal/1'), 'utf8')).toBe('data/a/wal/1');
  expect(readFileSync(join(machine.store, name, SUMS), 'utf8')).toBe(SUMS);
  expect(machine.has(FOLDERS.scheduled)).toBe(false);
});

test('the oldest are deleted, and those without checksums', () => {
  withOld();
  machine.addCopy('20250104T000000Z', 'about.json');
  expect(store(3).code).toBe(0);
  expect(machine.copies()).toEqual([OLD[1], OLD[2], ...newest()]);
});

test('a folder that is none of its copies is left', () => {
  machine.addCopy('keep-me', 'file');
  machine.addCopy('20250101', SUMS);
  expect(store(1).code).toBe(0);
  expect(machine.copies()).toEqual(['20250101', ...newest(), 'keep-me']);
});

test.each([
  ['the list of the copies', 'lsf -R*'],
  ['the list of the folders', 'lsf --dirs-only*'],
])('if %s fails, nothing is deleted, and the run fails', (_name, pattern) => {
  withOld();
  const { code, output } = store(1, { RCLONE_FAILS: pattern });
  expect([code, output]).toEqual([3, expect.stringMatching(/is stored, but the copies cannot be listed/)]);
  expect(machine.copies()).toEqual([...OLD, ...newest()]);
  expect(newest()).toHaveLength(1);
});

test('if the list lacks the new copy, nothing is deleted, and the run fails', () => {
  withOld();
  // A clock that was ahead: the new copy is not among the newest.
  machine.addCopy('29990101T000000Z', SUMS);
  expect(store(1)).toEqual({ code: 3, output: expect.stringMatching(/is not among the newest 1/) });
  expect(machine.copies()).toEqual(expect.arrayContaining(OLD));
});

test('one that cannot be deleted does not keep the others, and the run fails', () => {
  withOld();
  const { code, output } = store(1, { RCLONE_FAILS: `purge*${OLD[1]}` });
  expect([code, output]).toEqual([3, expect.stringMatching(`cannot be deleted: ${OLD[1]}`)]);
  expect(machine.copies()).toEqual([OLD[1], ...newest()]);
  expect(machine.has(FOLDERS.scheduled)).toBe(false);
});

test.each(['data/a/wal/1', 'about.json', SUMS])('%s is read back: another content fails', (file) => {
  withOld();
  expect(store(1, { RCLONE_DAMAGES: file }).code).toBe(1);
  expect(machine.copies()).toEqual(expect.arrayContaining(OLD));
});

test('a copy that cannot be stored leaves nothing on the claim', () => {
  withOld();
  expect(store(1, { RCLONE_FAILS: 'copy*' }).code).toBe(7);
  expect(machine.copies()).toEqual(OLD);
  expect(machine.has(FOLDERS.scheduled)).toBe(false);
});

test('checksums are stored last: without them a copy is not complete', () => {
  store(1, { RCLONE_FAILS: `*--include*` });
  const [name = ''] = newest();
  expect(() => readFileSync(join(machine.store, name, SUMS))).toThrow(/ENOENT/);
  expect(STAGE).toContain(FOLDERS.scheduled);
});
