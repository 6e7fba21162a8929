import { CONTEXT, kubectl, until } from '../../cluster/cluster';
import { list, note, verb } from '../stack';
import { BACKUP, jaeger, kept, PROJECT, readDatabase, samplesBefore, silences, stopWriter, VARIABLES } from './stack';

/** The same traces, samples, users, dashboards and silences. */
export async function isAllThere(): Promise<void> {
  const areStored = async () => (await jaeger.stored(kept.traces)).length === kept.traces.length;
  await until(areStored, 'the traces of the backup');
  expect(await samplesBefore(kept.moment)).toBe(kept.samples);
  expect(await silences()).toEqual(['planned work']);
  const { one, other, ...rest } = await readDatabase();
  expect(rest).toEqual({ check: 'ok', login: 'ada', title: 'mine', key: 'a key' });
  expect(one).toBe(other);
  expect(one).toBeGreaterThanOrEqual(kept.rows);
}

/** A restore onto nothing. */
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
}
