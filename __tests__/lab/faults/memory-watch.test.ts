/** F7 watches a program that the kernel may kill. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watchMemory } from '../../../lab/faults/spans/memory-watch';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('the peak of a program that has ended meanwhile is known', async () => {
  const program = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)']);
  await once(program, 'spawn');
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  process.once('uncaughtException', note);
  const watched = watchMemory(program.pid ?? 0);
  // It is read a few times while it runs, and after it has ended.
  await new Promise((resolve) => setTimeout(resolve, 200));
  program.kill('SIGKILL');
  await once(program, 'exit');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const peak = watched.stop();
  process.removeListener('uncaughtException', note);
  expect(failures).toEqual([]);
  expect(peak).toBeGreaterThan(1);
});
