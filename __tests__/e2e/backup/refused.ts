import { cpSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CONTEXT } from '../../cluster/cluster';
import { projectWith, verb } from '../stack';
import { BACKUP, kept, PROJECT, prometheus, replicasOf, VARIABLES } from './stack';

/** What is not a whole backup of this stack changes nothing. */
export function refused(): void {
  const restore = async (
    root: string,
    folder: string,
    variables: Readonly<Record<string, string>> = { DELETE: CONTEXT },
  ) => {
    const result = await verb(root, 'restore', { ...VARIABLES, FROM: folder, ...variables });
    expect([replicasOf('jaeger'), replicasOf('prometheus')]).toEqual(['1', '1']);
    expect(await prometheus.value('up{job="jaeger"}')).toBe(1);
    return result;
  };

  test('a damaged one: a changed byte, a file that is missing, a file too many', async () => {
    const folder = `${kept.folder}-damaged`;
    cpSync(kept.folder, folder, { recursive: true });
    const wal = join(folder, 'data/prometheus-data/wal');
    const [segment = ''] = readdirSync(wal).filter((name) => /^\d+$/.test(name));
    writeSync(openSync(join(wal, segment), 'r+'), '!', 100);
    renameSync(join(folder, 'silences.json'), join(folder, 'other.json'));
    const { code, output } = await restore(PROJECT, folder);
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`the checksum of data/prometheus-data/wal/${segment} does not match`));
    expect(output).toMatch(/silences.json is missing/);
    expect(output).toMatch(/other.json is not in its table of contents/);
  });

  test('a foreign one', async () => {
    const { code, output } = await restore(projectWith({ namespace: 'e2e-backup-other' }), kept.folder);
    expect([code, output]).toEqual([1, expect.stringMatching(`is of another stack: .*namespace ${BACKUP}; this is`)]);
  });

  test('a good one without a confirmation', async () => {
    const { code, output } = await restore(PROJECT, kept.folder, { YES: '1' });
    expect([code, output]).toEqual([1, expect.stringMatching(/no terminal to confirm the deletion/)]);
  });
}
