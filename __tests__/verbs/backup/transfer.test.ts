/** A copy comes to this machine as it is on the claim: the scripts run by this machine's sh, on a folder. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Helper } from '../../../verbs/backup/helper';
import { runLocal } from '../../../verbs/backup/process';
import { CHECKSUMS, STAGE } from '../../../verbs/backup/scripts';
import { pull } from '../../../verbs/backup/transfer';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'transfer-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true });
});

const never = new AbortController().signal;
const stage = join(folder(), STAGE);
const claim = join(stage, '..');

/** A helper on the folder. @param change what happens to the files once their checksums are known */
const helperWith = (change: () => void): Helper => ({
  pod: 'local',
  run: async (script, streams = {}) => {
    const output = await runLocal('sh', ['-c', script.replaceAll('/data', claim)], never, streams);
    if (script === CHECKSUMS) change();
    return output;
  },
  remove: async () => undefined,
});

beforeEach(() => {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(stage, 'wal'), { recursive: true });
  for (const name of ['MANIFEST', 'wal/1']) writeFileSync(join(stage, name), name);
});

const pulled = async (change = () => {}) => {
  const root = folder();
  return { root, files: await pull(helperWith(change), root, 'a-claim', never) };
};

test('every file arrives', async () => {
  const { root, files } = await pulled();
  expect(files.map(({ path, bytes }) => [path, bytes])).toEqual([
    ['data/a-claim/MANIFEST', 8],
    ['data/a-claim/wal/1', 5],
  ]);
  expect(readFileSync(join(root, 'data/a-claim/wal/1'), 'utf8')).toBe('wal/1');
});

test.each<[string, () => void, string]>([
  ['another content', () => writeFileSync(join(stage, 'MANIFEST'), 'x'), 'MANIFEST arrived damaged'],
  ['a file too few', () => rmSync(join(stage, 'wal/1')), 'wal/1 did not arrive'],
  ['a file too many', () => writeFileSync(join(stage, 'more'), 'x'), 'more was not sent'],
  ['a link', () => symlinkSync('MANIFEST', join(stage, 'link')), 'data/a-claim/link is neither a file nor a folder'],
])('%s is refused, and named', async (_name, change, problem) => {
  await expect(pulled(change)).rejects.toThrow(`the copy of a-claim cannot be used: ${problem}\n`);
});

test('an empty copy is refused', async () => {
  rmSync(stage, { recursive: true });
  mkdirSync(stage);
  await expect(pulled()).rejects.toThrow('there is no file to copy');
});
