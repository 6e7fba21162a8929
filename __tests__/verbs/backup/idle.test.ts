/** A pod that copies data ends once nothing has used it for a while: the script runs with a folder that stands for /proc. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilIdle } from '../../../verbs/backup/idle';

const folder = mkdtempSync(join(tmpdir(), 'idle-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('it ends when nothing uses it, and not while something does', async () => {
  for (const pid of ['1', '42']) mkdirSync(join(folder, pid));
  const child = spawn('sh', ['-c', untilIdle({ processes: folder, interval: 0.05, looks: 3 })]);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  ended.then(() => {
    hasEnded = true;
  });
  // Ten times as long as it waits for nothing.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(hasEnded).toBe(false);
  rmSync(join(folder, '42'), { recursive: true });
  await ended;
});

test('a pod looks at its own processes, for six hours', () => {
  expect(untilIdle()).toMatch(/-lt 360 [\s\S]*sleep 60[\s\S]*\/proc\/\[0-9\]\*/);
});
