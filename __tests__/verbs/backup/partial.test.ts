import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { partialOf, removeAbandoned } from '../../../verbs/backup/partial';

const root = mkdtempSync(join(tmpdir(), 'partial-'));
afterAll(() => rmSync(root, { recursive: true }));

test('what a killed command has left is removed; what another one writes, and other folders, are not', () => {
  const target = join(root, 'backup');
  const { pid: dead } = spawnSync('true');
  const own = partialOf(target);
  const named = (name: string, host: string, pid: number) =>
    own.replace(`${hostname()}-${process.pid}`, `${host}-${pid}`).replace('/backup.', `/${name}.`);
  const abandoned = named('earlier', hostname(), dead);
  const kept = [named('other', hostname(), process.ppid), named('remote', 'elsewhere', dead), join(root, 'backup-1')];
  for (const folder of [abandoned, own, ...kept]) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'secret'), 'x');
  }
  expect(
    removeAbandoned(target)
      .map((name) => join(root, name))
      .sort(),
  ).toEqual([own, abandoned].sort());
  expect(
    readdirSync(root)
      .map((name) => join(root, name))
      .sort(),
  ).toEqual([...kept].sort());
});

test('a folder that does not exist has none', () => expect(removeAbandoned(join(root, 'none', 'x'))).toEqual([]));
