import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENTS, readContents, writeContents } from '../../../verbs/backup/contents';
import { filesIn } from '../../../verbs/backup/files';
import { unfinishedIn } from '../../../verbs/backup/unfinished';
import { CONTEXT, until } from '../../cluster/cluster';
import { runPod } from '../pods';
import type { SentSpan } from '../programs/jan-trace';
import { startVerb, verb } from '../stack';
import { isAllThere } from './destroyed';
import {
  BACKUP,
  helpers,
  jaeger,
  kept,
  lease,
  PROJECT,
  podOf,
  replicasOf,
  SENDERS,
  samplesBefore,
  VARIABLES,
  WITHOUT_HELPERS,
} from './stack';

/** A copy of a backup with whole checksums, whose data Jaeger does not open. */
async function unreadable(backup: string): Promise<string> {
  const folder = `${backup}-unreadable`;
  cpSync(backup, folder, { recursive: true });
  const read = await readContents(folder);
  if (!read.ok) throw new Error('the backup is not whole');
  const manifests = read.contents.files.filter(({ path }) => /^data\/jaeger-data\/.*MANIFEST$/.test(path));
  expect(manifests.length).toBeGreaterThan(0);
  for (const { path } of manifests) writeFileSync(join(folder, path), 'no manifest of badger');
  const files = (await filesIn(folder)).filter(({ path }) => !path.startsWith(CONTENTS));
  writeContents(folder, { ...read.contents, files });
  return folder;
}

/** Restores onto a stack that runs: those that do not come to their end leave it with the data that it had. */
export function ontoRunning(): void {
  /** Traces that came after the backup. */
  let later: readonly string[] = [];
  const laterStored = async () => (await jaeger.stored(later)).length === later.length;
  let damaged = '';

  /** The stack has what it had before. The programs may be starting again: they do not answer at once. */
  async function isAsBefore(): Promise<void> {
    expect([replicasOf('jaeger'), replicasOf('prometheus'), helpers()]).toEqual(['1', '1', '']);
    await until(() => laterStored().catch(() => false), 'the later traces to be there');
    const samples = () => samplesBefore(kept.moment).catch(() => null);
    await until(async () => (await samples()) === kept.samples, 'the samples to be there');
    expect(unfinishedIn(lease())).toBeNull();
  }

  /** A restore of data that Jaeger does not open, killed once the data is in place on every claim. */
  async function killedAfterSwitch(): Promise<void> {
    const running = startVerb(PROJECT, 'restore', { ...VARIABLES, FROM: damaged, DELETE: CONTEXT });
    await until(() => unfinishedIn(lease())?.data === 'new', 'the data to be in place');
    running.child.kill('SIGKILL');
    await running.ended;
  }

  test('one that is interrupted', async () => {
    damaged = await unreadable(kept.folder);
    const env = { ENDPOINT: `http://otel-collector.${BACKUP}:4318`, RUN: 'later' };
    const sent = await runPod<SentSpan[]>({ name: 'e2e-later', namespace: SENDERS, program: 'sender', env });
    later = [...new Set(sent.map(({ traceId }) => traceId))];
    await until(laterStored, 'the later traces to be stored');
    const running = startVerb(PROJECT, 'restore', { ...VARIABLES, FROM: kept.folder, DELETE: CONTEXT });
    await running.printed(/prometheus-data .* received/);
    running.child.kill('SIGINT');
    expect([await running.ended, running.output()]).toEqual([130, expect.stringMatching(/the data that it had/)]);
    await isAsBefore();
  });

  test('one whose pods do not start: the programs have run on', async () => {
    const before = podOf('jaeger');
    const variables = { ...VARIABLES, FROM: kept.folder, DELETE: CONTEXT, TIMEOUT: '15' };
    const { code, output } = await verb(WITHOUT_HELPERS, 'restore', variables);
    expect([code, output]).toEqual([1, expect.stringMatching(/the pod that reads .* did not become ready in 15 s/)]);
    expect(podOf('jaeger')).toBe(before);
    await isAsBefore();
  });

  test('one whose data a program does not open: the old data is put back', async () => {
    const variables = { ...VARIABLES, FROM: damaged, DELETE: CONTEXT, TIMEOUT: '40' };
    const { code, output } = await verb(PROJECT, 'restore', variables);
    process.stdout.write(output);
    expect([code, output]).toEqual([1, expect.stringMatching(/the old data is put back/)]);
    expect(output).toMatch(/deployment\/jaeger: container jaeger ends again and again/);
    await isAsBefore();
  });

  test('one that was killed after the switch: UNDO puts the old data back', async () => {
    await killedAfterSwitch();
    const { code, output } = await verb(PROJECT, 'restore', { ...VARIABLES, UNDO: 'yes', DELETE: CONTEXT });
    process.stdout.write(output);
    expect([code, output]).toEqual([0, expect.stringMatching(/The data before the restore is back on 3 claims/)]);
    await isAsBefore();
  });

  test('one that was killed after the switch, and another one that is interrupted', async () => {
    await killedAfterSwitch();
    const running = startVerb(PROJECT, 'restore', { ...VARIABLES, FROM: kept.folder, DELETE: CONTEXT });
    await running.printed(/the data that was there before is put back[\s\S]*prometheus-data .* received/);
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(130);
    process.stdout.write(running.output());
    await isAsBefore();
  });

  test('one that comes to its end puts the backup in place; a monitor-up meanwhile is refused', async () => {
    const running = startVerb(PROJECT, 'restore', { ...VARIABLES, FROM: kept.folder, DELETE: CONTEXT });
    await until(() => lease().spec.holderIdentity.startsWith('monitor-restore'), 'the restore to be at work');
    const up = await verb(PROJECT, 'up');
    process.stdout.write(up.output);
    expect([up.code, up.output]).toEqual([1, expect.stringMatching(/monitor-restore of .* is at work in namespace/)]);
    const ended = await running.ended;
    expect([ended, running.output()]).toEqual([0, expect.stringMatching(/to be replaced[\s\S]*Restored: /)]);
    await isAllThere();
    expect((await jaeger.search('llm-api', 100)).map(({ traceID }) => traceID)).toHaveLength(1);
    expect(unfinishedIn(lease())).toBeNull();
  });
}
