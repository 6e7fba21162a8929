import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENTS, readContents, writeContents } from '../../../verbs/backup/contents';
import { filesIn } from '../../../verbs/backup/files';
import { CONTEXT, kubectl, until } from '../../cluster/cluster';
import { runPod } from '../pods';
import type { SentSpan } from '../programs/jan-trace';
import { list, note, startVerb, verb } from '../stack';
import {
  BACKUP,
  helpers,
  jaeger,
  kept,
  PROJECT,
  readDatabase,
  replicasOf,
  SENDERS,
  samplesBefore,
  silences,
  stopWriter,
  VARIABLES,
} from './stack';

/** The same traces, samples, users, dashboards and silences. */
async function isAllThere(): Promise<void> {
  const areStored = async () => (await jaeger.stored(kept.traces)).length === kept.traces.length;
  await until(areStored, 'the traces of the backup', 30);
  expect(await samplesBefore(kept.moment)).toBe(kept.samples);
  expect(await silences()).toEqual(['planned work']);
  const { one, other, ...rest } = await readDatabase();
  expect(rest).toEqual({ check: 'ok', login: 'ada', title: 'mine', key: 'a key' });
  expect(one).toBe(other);
  expect(one).toBeGreaterThanOrEqual(kept.rows);
}

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

/** A restore onto nothing, and one onto a stack that runs. */
export function destroyed(): void {
  test('everything is destroyed', async () => {
    stopWriter();
    expect((await verb(PROJECT, 'down-v', { ...VARIABLES, DELETE: CONTEXT })).code).toBe(0);
    expect(list(BACKUP, 'pvc,deployments')).toEqual([]);
    kubectl(['delete', 'namespace', BACKUP, '--wait', '--timeout=120s']);
  });

  test('a restore onto the empty cluster brings back all of it', async () => {
    const start = Date.now();
    const { code, output } = await verb(PROJECT, 'restore', { ...VARIABLES, FROM: kept.folder });
    expect([code, output]).toEqual([0, expect.stringMatching(/Restored: /)]);
    process.stdout.write(output);
    note('a restore onto an empty cluster, seconds', Math.round((Date.now() - start) / 1000));
    await isAllThere();
  });

  /** Traces that came after the backup. */
  let later: readonly string[] = [];
  const laterStored = async () => (await jaeger.stored(later)).length === later.length;

  /** The stack has what it had before a restore that did not succeed. The programs are starting again: they do not answer at once. */
  async function isAsBefore(): Promise<void> {
    expect([replicasOf('jaeger'), replicasOf('prometheus'), helpers()]).toEqual(['1', '1', '']);
    await until(() => laterStored().catch(() => false), 'the later traces to be there');
    const samples = () => samplesBefore(kept.moment).catch(() => null);
    await until(async () => (await samples()) === kept.samples, 'the samples to be there');
  }

  test('a restore that is interrupted leaves what is there', async () => {
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

  test('where a program does not start with the restored data, the old data is put back', async () => {
    const folder = await unreadable(kept.folder);
    const variables = { ...VARIABLES, FROM: folder, DELETE: CONTEXT, TIMEOUT: '40' };
    const { code, output } = await verb(PROJECT, 'restore', variables);
    expect([code, output]).toEqual([1, expect.stringMatching(/the old data is put back/)]);
    expect(output).toMatch(/jaeger/);
    await isAsBefore();
  });

  test('a restore onto the running stack puts the backup in place of what it has', async () => {
    const { code, output } = await verb(PROJECT, 'restore', { ...VARIABLES, FROM: kept.folder, DELETE: CONTEXT });
    expect([code, output]).toEqual([0, expect.stringMatching(/to be replaced[\s\S]*Restored: /)]);
    await isAllThere();
    expect((await jaeger.search('llm-api', 100)).map(({ traceID }) => traceID)).toHaveLength(1);
  });
}
