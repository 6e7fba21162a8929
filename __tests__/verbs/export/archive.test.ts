import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveOf, writeWhole } from '../../../verbs/export/archive';

const folder = () => mkdtempSync(join(tmpdir(), 'archive-'));
const TIME = new Date('2026-01-02T03:04:05Z');
const FILES = [
  { path: 'b/long.txt', text: 'é'.repeat(100_000) },
  { path: 'a.txt', text: 'a' },
];

test('tar reads it; the order of the files decides nothing', async () => {
  const archive = await archiveOf('export', FILES, TIME);
  expect(await archiveOf('export', [...FILES].reverse(), TIME)).toEqual(archive);
  const place = folder();
  writeWhole(join(place, 'x.tgz'), archive);
  expect(statSync(join(place, 'x.tgz')).mode & 0o777).toBe(0o600);
  execFileSync('tar', ['-xzf', 'x.tgz'], { cwd: place });
  expect(readdirSync(join(place, 'export')).sort()).toEqual(['a.txt', 'b']);
  expect(readFileSync(join(place, 'export/b/long.txt'), 'utf8')).toBe(FILES[0]?.text);
});

test('a file that exists stays', () => {
  const place = folder();
  writeFileSync(join(place, 'x.tgz'), 'mine');
  expect(() => writeWhole(join(place, 'x.tgz'), Buffer.from('new'))).toThrow(/x\.tgz exists already/);
  expect(readdirSync(place)).toEqual(['x.tgz']);
  expect(readFileSync(join(place, 'x.tgz'), 'utf8')).toBe('mine');
});

test('where it cannot be written nothing is left, and the message says what to do', () => {
  const place = folder();
  mkdirSync(join(place, 'sub'));
  const attempt = () => writeWhole(join(place, 'missing', 'x.tgz'), Buffer.from('new'));
  expect(attempt).toThrow(/cannot be written: ENOENT[^\n]*\n {2}fix {2}TO=FILE in a folder that you can write to/);
  expect(readdirSync(place)).toEqual(['sub']);
});
