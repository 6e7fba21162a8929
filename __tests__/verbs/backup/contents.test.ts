/** What a folder must be to be restored: a backup that is whole, or a scheduled copy that is. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCHEDULED_FORMAT } from '../../../charts/backup/chart';
import { ABOUT, SUMS } from '../../../charts/backup/scripts';
import { readContents, writeContents } from '../../../verbs/backup/contents';
import { filesIn } from '../../../verbs/backup/files';
import { readScheduledCopy } from '../../../verbs/backup/scheduled-copy';

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

const STORE = {
  claim: 'jaeger-data',
  program: 'jaeger' as const,
  image: 'jaeger:2',
  taken: '2026-11-26T10:00:00.000Z',
  bytes: 5,
  opened: 'spans of 1 services',
  stoppedSeconds: 3,
};

async function backup(files: Readonly<Record<string, string>> = FILES): Promise<string> {
  const root = folderWith(files);
  writeContents(root, {
    created: '2026-11-26T10:00:00.000Z',
    environment: 'test',
    namespace: 'shop',
    cluster: { context: 'lab', server: 'https://127.0.0.1', kubernetes: 'v1.34.4' },
    images: {},
    stores: [STORE],
    silences: 0,
    notIncluded: [],
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
    ['FOLDER is damaged: the checksum of silences.json does not match'],
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
    ['FOLDER is damaged: the checksum of contents.json does not match'],
  ],
  [
    'a link',
    (root: string) => symlinkSync('/etc/hostname', join(root, 'data/link')),
    ['FOLDER is damaged: data/link is neither a file nor a folder'],
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

test('one without a file of a claim is refused', async () => {
  expect(await problemsOf(await backup({ 'silences.json': '[]' }))).toEqual([
    'FOLDER is damaged: it has no file of jaeger-data',
  ]);
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
  const sumOf = (path: string, text: string) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`;
  const sumsOf = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).map(([path, text]) => sumOf(path, text));
  const files = { 'data/jaeger-data/MANIFEST': 'spans', [ABOUT]: JSON.stringify(about) };
  const withSums = (of: Readonly<Record<string, string>>) => ({ ...of, [SUMS]: sumsOf(of).join('') });
  const whole = withSums(files);
  const problems = async (of: Readonly<Record<string, string>>) => {
    const read = await readScheduledCopy(folderWith(of));
    return 'problems' in read ? read.problems : [];
  };

  test('is read as a backup of one claim', async () => {
    const read = await readScheduledCopy(folderWith(whole));
    expect('contents' in read && read.contents.stores).toMatchObject([
      { claim: 'jaeger-data', program: 'jaeger', bytes: 5 },
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly unknown[]]>([
    ['not complete', files, ['it has no SHA256SUMS: it was not complete']],
    [
      'damaged',
      { ...whole, 'data/jaeger-data/MANIFEST': 'spams' },
      ['the checksum of data/jaeger-data/MANIFEST does not match'],
    ],
    ['damaged in about.json', { ...whole, [ABOUT]: `${files[ABOUT]} ` }, ['the checksum of about.json does not match']],
    ['damaged in SHA256SUMS', { ...whole, [SUMS]: 'x' }, ['SHA256SUMS is not a list of checksums']],
    ['without a checksum', { ...whole, [SUMS]: '' }, ['SHA256SUMS is not a list of checksums']],
    [
      'of another form',
      withSums({ ...files, [ABOUT]: '{}' }),
      [expect.stringMatching(/about.json is not of the form/)],
    ],
    ['without JSON', withSums({ ...files, [ABOUT]: '{"' }), [expect.stringMatching(/about.json is not of the form/)]],
    ['empty', withSums({ [ABOUT]: files[ABOUT] ?? '' }), ['it has no file of jaeger-data']],
    [
      'of a checksum too few',
      { ...whole, [SUMS]: sumOf('data/jaeger-data/MANIFEST', 'spans') },
      ['about.json is not in its table of contents'],
    ],
  ])('that is %s is refused', async (_name, of, expected) => {
    expect(await problems(of)).toEqual(expected);
  });
});
