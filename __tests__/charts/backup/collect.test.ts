import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { COLLECT, DATA } from '../../../charts/backup/collect';
import { FOLDERS } from '../../../charts/backup/folders';
import { COLLECT_SCRIPT, dataScript } from '../../../charts/backup/scripts';
import type { Source } from '../../../charts/backup/sources';
import { Machine } from './script-runner';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.remove());

const ABOUT = '{"taken":"%s"}';
const source = (program: Source['program']): Source => ({ program, claim: 'the-claim', pod: {}, user: 1 });
const collect = (program: Source['program']) =>
  machine.run(COLLECT_SCRIPT, [machine.script(program, dataScript(source(program))), ABOUT]);

const BLOCK = '01ABCDEFGHJKMNPQRSTVWXYZ01';
const withBlock = () => {
  machine.write(`${BLOCK}/meta.json`, '{}');
  machine.write(`${BLOCK}/chunks/000001`, 'chunk');
  machine.write('wal/00000000', 'one');
  machine.write('wal/00000001', 'two');
  machine.write('chunks_head/000001', 'mapped');
};

test('the checksums cover the data and the file about it', () => {
  withBlock();
  expect(collect('prometheus').code).toBe(0);
  const stage = join(machine.claim, FOLDERS.scheduled);
  const listed = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: stage, encoding: 'utf8' }).trim().split('\n');
  expect(listed.sort()).toEqual(
    [
      'about.json: OK',
      `data/the-claim/${BLOCK}/chunks/000001: OK`,
      `data/the-claim/${BLOCK}/meta.json: OK`,
      'data/the-claim/wal/00000000: OK',
      'data/the-claim/wal/00000001: OK',
    ].sort(),
  );
  expect(JSON.parse(readFileSync(join(stage, 'about.json'), 'utf8'))).toEqual({ taken: expect.stringMatching(/Z$/) });
});

test('nothing to copy is a failure, and leaves nothing', () => {
  expect(collect('alertmanager')).toEqual({
    code: 1,
    output: expect.stringMatching(/no file of silences yet: Alertmanager writes it every 15 minutes/),
  });
  expect(collect('prometheus')).toEqual({ code: 1, output: expect.stringMatching(/there is nothing to copy/) });
  expect(machine.has(FOLDERS.scheduled)).toBe(false);
});

test('what is neither a file nor a folder is refused', () => {
  withBlock();
  symlinkSync('/etc/hostname', join(machine.claim, BLOCK, 'link'));
  expect(collect('prometheus')).toEqual({ code: 1, output: expect.stringMatching(`${BLOCK}/link`) });
  expect(machine.has(FOLDERS.scheduled)).toBe(false);
});

describe('a file system without hard links', () => {
  const copy = () => machine.run(COLLECT.prometheus(`${DATA}/${FOLDERS.backup}`), []);
  const free = (kib: number) => {
    machine.program('ln', '#!/bin/sh\nexit 1\n');
    machine.program('df', `#!/bin/sh\necho "Filesystem 1024-blocks Used Available"; echo "disk 9 9 ${kib} 1% /"\n`);
  };

  test('without room for the copy, it is not begun', () => {
    withBlock();
    free(1);
    expect(copy()).toEqual({
      code: 1,
      output: expect.stringMatching(/no hard links.* needs \d+ KiB, and 1 KiB are free/),
    });
    expect(machine.has(FOLDERS.backup)).toBe(false);
  });

  test('with room for it, it is', () => {
    withBlock();
    free(1_000_000);
    expect(copy()).toEqual({ code: 0, output: '1\n' });
    expect(machine.has(`${FOLDERS.backup}/${BLOCK}/meta.json`)).toBe(true);
  });
});

test("Jaeger's copy has its files, without those of backups and restores", () => {
  for (const file of ['MANIFEST', 'LOCK', ...Object.values(FOLDERS).map((folder) => `${folder}/x`), 'lost+found/x'])
    machine.write(file, 'x');
  expect(machine.run(COLLECT.jaeger(`${DATA}/${FOLDERS.backup}`), []).code).toBe(0);
  expect(execFileSync('ls', ['-A', join(machine.claim, FOLDERS.backup)], { encoding: 'utf8' }).trim()).toBe('MANIFEST');
});
