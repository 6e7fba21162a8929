/** A copy comes to this machine as it is on the claim, and goes back as it is in the backup: the scripts run by this machine's sh, on a folder. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Helper } from '../../../verbs/backup/helper';
import { runLocal, type Streams } from '../../../verbs/backup/process';
import { COMPARE, PRINT_STATE, RECEIVE } from '../../../verbs/backup/restore-scripts';
import { CHECKSUMS, STAGE } from '../../../verbs/backup/scripts';
import { pull, push } from '../../../verbs/backup/transfer';

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

/** A script of a helper, on a folder in place of its claim. */
const runOn = (place: string, script: string, streams?: Streams): Promise<string> => {
  const text = script.replaceAll('/data', place).replaceAll('/tmp/compared', join(place, '.compared'));
  return runLocal('sh', ['-c', text], never, streams);
};

/** A helper on the folder. @param change what happens to the files once their checksums are known */
const helperWith = (change: () => void): Helper => ({
  pod: 'local',
  run: async (script, streams) => {
    const output = await runOn(claim, script, streams);
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

describe('onto a claim', () => {
  /** A helper on an empty claim, to which the input of a script does not come, the first so many times. */
  function lossyHelper(losses: Readonly<Record<string, number>>) {
    const place = folder();
    const left = new Map(Object.entries(losses));
    const sent: string[] = [];
    const run: Helper['run'] = async (script, streams = {}) => {
      const rest = left.get(script) ?? 0;
      left.set(script, rest - 1);
      if (streams.input !== undefined) sent.push(script);
      // What is lost was read by kubectl.
      if (rest > 0 && typeof streams.input === 'object') streams.input.resume();
      return runOn(place, script, rest > 0 ? { ...streams, input: '' } : streams);
    };
    const helper: Helper = { pod: 'local', run, remove: async () => undefined };
    return { helper, sent, state: () => run(PRINT_STATE) };
  }

  const pushed = async (losses: Readonly<Record<string, number>>) => {
    const { root, files } = await pulled();
    const { helper, sent, state } = lossyHelper(losses);
    const ended = push(helper, root, { claim: 'a-claim', bytes: 13 }, files, never);
    const failure = await ended.then(
      () => null,
      (error: Error) => error.message,
    );
    return { failure, sent, state: (await state()).trim() };
  };

  test('every file arrives, by one attempt', async () => {
    expect(await pushed({})).toEqual({ failure: null, sent: [RECEIVE, COMPARE], state: 'received' });
  });

  test.each([
    ['the files', RECEIVE],
    ['the checksums', COMPARE],
  ])('%s are sent again after they were lost', async (_name, script) => {
    const { failure, sent, state } = await pushed({ [script]: 1 });
    expect([failure, state]).toEqual([null, 'received']);
    expect(sent.filter((one) => one === script)).toHaveLength(2);
  });

  test('what is lost each time is an error, and is not taken for received', async () => {
    const { failure, sent, state } = await pushed({ [COMPARE]: 99 });
    expect(failure).not.toBeNull();
    expect([sent.length, state]).toEqual([6, 'receiving']);
  });
});
