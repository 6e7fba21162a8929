/** What a folder must be to be restored: a backup that is whole, or a scheduled copy that is. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCHEDULED_FORMAT } from '../../charts/backup/chart';
import { filesIn, readContents, writeContents } from '../../verbs/backup/contents';
import { readScheduledCopy } from '../../verbs/backup/scheduled-copy';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'backup-'));
  folders.push(root);
  mkdirSync(join(root, 'data/jaeger-data'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}

const FILES = { 'data/jaeger-data/MANIFEST': 'spans', 'silences.json': '[]' };

async function backup(): Promise<string> {
  const root = folderWith(FILES);
  writeContents(root, {
    created: '2026-11-26T10:00:00.000Z',
    environment: 'test',
    namespace: 'shop',
    cluster: { context: 'lab', server: 'https://127.0.0.1', kubernetes: 'v1.34.4' },
    images: {},
    stores: [],
    silences: 0,
    left: [],
    files: [...(await filesIn(root))],
  });
  return root;
}

const problemsOf = async (root: string) => {
  const read = await readContents(root);
  return read.ok ? [] : read.problems.map(({ what }) => what.replace(root, 'FOLDER'));
};

test('a whole backup is read', async () => {
  const read = await readContents(await backup());
  expect(read.ok && read.contents.files.map(({ path }) => path)).toEqual([
    'data/jaeger-data/MANIFEST',
    'silences.json',
  ]);
});

test.each([
  [
    'a changed byte',
    (root: string) => writeFileSync(join(root, 'silences.json'), '{}'),
    ['FOLDER is damaged: the checksum of silences.json is another'],
  ],
  [
    'a file that is too short',
    (root: string) => writeFileSync(join(root, 'silences.json'), ''),
    ['FOLDER is damaged: silences.json has 0 bytes, not 2'],
  ],
  [
    'a file that is missing',
    (root: string) => rmSync(join(root, 'silences.json')),
    ['FOLDER is damaged: silences.json is missing'],
  ],
  [
    'a file too many',
    (root: string) => writeFileSync(join(root, 'more'), ''),
    ['FOLDER is damaged: more is not in its table of contents'],
  ],
  [
    'another table of contents',
    (root: string) =>
      writeFileSync(
        join(root, 'contents.json'),
        readFileSync(join(root, 'contents.json'), 'utf8').replace('shop', 'slop'),
      ),
    ['FOLDER is damaged: the checksum of contents.json is another'],
  ],
  [
    'no table of contents',
    (root: string) => rmSync(join(root, 'contents.json')),
    ['FOLDER is no backup of this stack: it has no contents.json'],
  ],
])('%s is refused', async (_name, damage, expected) => {
  const root = await backup();
  damage(root);
  expect(await problemsOf(root)).toEqual(expected);
});

describe('a scheduled copy', () => {
  const about = {
    format: SCHEDULED_FORMAT,
    environment: 'test',
    namespace: 'shop',
    claim: 'jaeger-data',
    program: 'jaeger',
    image: 'jaeger:2',
    taken: 'now',
  };
  const sums = `${createHash('sha256').update('spans').digest('hex')}  data/jaeger-data/MANIFEST\n`;
  const whole = { 'data/jaeger-data/MANIFEST': 'spans', 'about.json': JSON.stringify(about), SHA256SUMS: sums };
  const problems = async (files: Readonly<Record<string, string>>) => {
    const read = await readScheduledCopy(folderWith(files));
    return 'problems' in read ? read.problems : [];
  };

  test('is read as a backup of one claim', async () => {
    const read = await readScheduledCopy(folderWith(whole));
    expect('contents' in read && read.contents.stores).toMatchObject([
      { claim: 'jaeger-data', program: 'jaeger', bytes: 5 },
    ]);
  });

  test('that is not complete, damaged, or of another form is refused', async () => {
    const { SHA256SUMS: _, ...incomplete } = whole;
    expect(await problems(incomplete)).toEqual(['it has no SHA256SUMS: it was not complete']);
    expect(await problems({ ...whole, 'data/jaeger-data/MANIFEST': 'spams' })).toEqual([
      'the checksum of data/jaeger-data/MANIFEST is another',
    ]);
    expect(await problems({ ...whole, 'about.json': '{}' })).toEqual([
      expect.stringMatching(/about.json is not of the form/),
    ]);
  });
});
