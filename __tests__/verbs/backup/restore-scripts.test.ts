/** The scripts of a restore, run by a shell on a folder: wherever one is cut, the old data is not lost. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  COMPARE,
  CONFIRM,
  FREE,
  isMoved,
  PRINT_STATE,
  RECEIVE,
  switchBack,
  switchTo,
} from '../../../verbs/backup/restore-scripts';
import { archive, claimWith, type Files, type TestClaim } from './claim';

jest.setTimeout(120_000);

const OLD: Files = { 'wal/0': 'old wal', '01B/meta.json': 'old block', '.hidden': 'old', 'with space/x': 'old' };
const NEW: Files = { 'wal/0': 'new wal', '02B/meta.json': 'new block', 'with space/x': 'new' };
const OTHER: Files = { 'wal/0': 'other wal' };
/** What a CronJob collects, and what a file system has: no restore touches them. */
const NOT_DATA: Files = { '.backup-scheduled/data/x': 'stage', 'lost+found/y': 'found' };

const sumsOf = (files: Files) =>
  Object.entries(files)
    .map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ./${path}\n`)
    .join('');

const receive = (claim: TestClaim, files: Files, cutAt = 0) => claim.run(RECEIVE, { input: archive(files), cutAt });
const compare = (claim: TestClaim, files: Files, cutAt = 0) => claim.run(COMPARE, { input: sumsOf(files), cutAt });
const state = (claim: TestClaim) => claim.run(PRINT_STATE).output;

const TO = switchTo('prometheus');
const BACK = switchBack('prometheus');

/** A claim with old data, on which new data was received. */
function receivedBy(shell: readonly string[]): TestClaim {
  const claim = claimWith({ ...OLD, ...NOT_DATA }, shell);
  expect([receive(claim, NEW).code, compare(claim, NEW).code, state(claim)]).toEqual([0, 0, 'received']);
  return claim;
}

function switchedBy(shell: readonly string[]): TestClaim {
  const claim = receivedBy(shell);
  expect(claim.run(TO)).toMatchObject({ code: 0, output: '4' });
  return claim;
}

/** The same, made once. */
const made = new Map<(shell: readonly string[]) => TestClaim, TestClaim>();
function copyOf(make: (shell: readonly string[]) => TestClaim): TestClaim {
  const claim = made.get(make) ?? make(['sh']);
  made.set(make, claim);
  return claim.copy();
}
const received = () => copyOf(receivedBy);
const switched = () => copyOf(switchedBy);

/** How many changes a script makes on such a claim. */
const changesOf = (make: () => TestClaim, script: string) => make().run(script).changes;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const sorted = (files: Files) => Object.fromEntries(Object.entries(files).sort());

/** Each file of the old data is in its place or in the folder of the old data, once. */
function expectNothingLost(claim: TestClaim): void {
  const here = claim.files();
  const old = claim.files('.restore/old');
  for (const [path, text] of Object.entries(OLD))
    expect([path, here[path] === text || old[path] === text]).toEqual([path, true]);
}

// The shell of the pods is busybox; the end-to-end test runs that.
const hasBusybox = spawnSync('busybox', ['true']).status === 0;
const SHELLS = [['sh'], ...(hasBusybox ? [['busybox', 'sh']] : [])];

test.each(SHELLS.map((shell) => [shell]))('by %s: new data takes the place of the old, and goes again', (shell) => {
  const claim = receivedBy(shell);
  expect(claim.run(TO)).toMatchObject({ code: 0, output: '4' });
  expect([claim.files(), state(claim)]).toEqual([sorted({ ...NEW, ...NOT_DATA }), 'switched']);
  expect(claim.run(BACK)).toMatchObject({ code: 0, output: 'switched' });
  expect([claim.files(), claim.files('.restore'), state(claim)]).toEqual([sorted({ ...OLD, ...NOT_DATA }), {}, 'none']);
});

test('after the program has started, the old data is deleted, and nothing goes back', () => {
  const claim = switched();
  expect(claim.run(CONFIRM).code).toBe(0);
  expect([claim.files(), claim.files('.restore')]).toEqual([sorted({ ...NEW, ...NOT_DATA }), {}]);
  expect(claim.run(BACK)).toMatchObject({ code: 0, output: 'none' });
  expect(claim.files()).toEqual(sorted({ ...NEW, ...NOT_DATA }));
});

test('where the switch is cut, the way back brings the old data', () => {
  const changes = changesOf(received, TO);
  expect(changes).toBeGreaterThan(10);
  for (const cutAt of upTo(changes)) {
    const claim = received();
    expect(claim.run(TO, { cutAt }).code).toBeNull();
    expectNothingLost(claim);
    expect([cutAt, claim.run(BACK).code, claim.files()]).toEqual([cutAt, 0, sorted({ ...OLD, ...NOT_DATA })]);
  }
});

test('where the way back is cut, it goes on', () => {
  const changes = changesOf(switched, BACK);
  expect(changes).toBeGreaterThan(12);
  for (const cutAt of upTo(changes)) {
    const claim = switched();
    claim.run(BACK, { cutAt });
    expectNothingLost(claim);
    expect([cutAt, claim.run(BACK).code, claim.files()]).toEqual([cutAt, 0, sorted({ ...OLD, ...NOT_DATA })]);
    expect(claim.files('.restore')).toEqual({});
  }
});

test('where both are cut, it goes on', () => {
  const changes = changesOf(received, TO);
  for (const cutAt of upTo(changes)) {
    for (const again of [2, 7]) {
      const claim = received();
      claim.run(TO, { cutAt });
      claim.run(BACK, { cutAt: again });
      expectNothingLost(claim);
      expect([cutAt, again, claim.run(BACK).code, claim.files()]).toEqual([
        cutAt,
        again,
        0,
        sorted({ ...OLD, ...NOT_DATA }),
      ]);
    }
  }
});

test('another backup is not received while the old data is not in its place', () => {
  for (const cutAt of [...upTo(changesOf(received, TO)), 0]) {
    const claim = received();
    claim.run(TO, { cutAt });
    const isReceived = receive(claim, OTHER).code === 0;
    expect([cutAt, isReceived]).toEqual([cutAt, !isMoved(state(claim))]);
    expectNothingLost(claim);
    claim.run(BACK);
    expect([cutAt, claim.files()]).toEqual([cutAt, sorted({ ...OLD, ...NOT_DATA })]);
  }
});

test('what was received in part, or has arrived damaged, does not take a place', () => {
  const claim = claimWith({ ...OLD });
  for (const cutAt of upTo(3)) {
    receive(claim, NEW, cutAt);
    expect([claim.run(TO).code, claim.files()]).toEqual([1, sorted(OLD)]);
  }
  receive(claim, NEW);
  expect(compare(claim, { ...NEW, 'wal/0': 'other' })).toMatchObject({
    code: 1,
    output: expect.stringMatching(/wal\/0: FAILED/),
  });
  expect(claim.run(TO).code).toBe(1);
  receive(claim, NEW);
  expect(compare(claim, OTHER).code).toBe(1);
  receive(claim, { ...NEW, more: 'than listed' });
  expect(compare(claim, NEW)).toMatchObject({ code: 1, output: expect.stringMatching(/4 files arrived, and 3 are/) });
  expect([claim.run(TO).code, claim.files()]).toEqual([1, sorted(OLD)]);
});

test('where the deletion of the old data is cut, it goes on, and nothing goes back', () => {
  const changes = changesOf(switched, CONFIRM);
  expect(changes).toBeGreaterThan(2);
  for (const cutAt of upTo(changes)) {
    const claim = switched();
    claim.run(CONFIRM, { cutAt });
    const decided = state(claim);
    const next = decided === 'switched' ? CONFIRM : BACK;
    expect([cutAt, claim.run(next).code, claim.files()]).toEqual([cutAt, 0, sorted({ ...NEW, ...NOT_DATA })]);
    expect(claim.files('.restore')).toEqual({});
  }
});

test('a program that runs during the switch is found: its entry is not moved into a folder', () => {
  const claim = received();
  const changes = changesOf(received, TO);
  // Between the two moves the program makes its folder again.
  const cutAt = upTo(changes).find((at) => {
    const tried = received();
    tried.run(TO, { cutAt: at });
    return state(tried) === 'moving-new';
  });
  claim.run(TO, { cutAt });
  claim.write({ 'wal/0': 'of a program that runs' });
  expect(claim.run(BACK).code).toBe(0);
  expect(claim.files()).toEqual(sorted({ ...OLD, ...NOT_DATA }));
  const running = received();
  running.write({ '.restore/old/wal/0': 'there already' });
  expect(running.run(TO)).toMatchObject({ code: 1, output: expect.stringMatching(/wal exists/) });
});

test('Grafana: plugins stay where they are', () => {
  const claim = claimWith({ 'grafana.db': 'old', '.secret-key': 'old', 'plugins/p': 'plugin' });
  const files = { 'grafana.db': 'new', '.secret-key': 'new' };
  receive(claim, files);
  compare(claim, files);
  expect(claim.run(switchTo('grafana')).code).toBe(0);
  expect(claim.files()).toEqual(sorted({ ...files, 'plugins/p': 'plugin' }));
  expect(claim.run(switchBack('grafana')).code).toBe(0);
  expect(claim.files()).toEqual(sorted({ 'grafana.db': 'old', '.secret-key': 'old', 'plugins/p': 'plugin' }));
});

test('an empty claim: no old data', () => {
  const claim = claimWith({});
  receive(claim, NEW);
  compare(claim, NEW);
  expect(claim.run(TO)).toMatchObject({ code: 0, output: '0' });
  expect(claim.files()).toEqual(sorted(NEW));
});

test('the free space of the claim', () => expect(Number(claimWith({}).run(FREE).output)).toBeGreaterThan(0));
