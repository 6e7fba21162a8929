import { measure } from '../../../scripts/bench/measure';

/** Runs for this many milliseconds of CPU time. */
const busy = (ms: number) => ({
  args: [
    '-e',
    `while (process.cpuUsage().user + process.cpuUsage().system < ${ms * 1000}) JSON.stringify(process.env)`,
  ],
  cwd: process.cwd(),
});

test('CPU time is that of the process, wall time is not less than what it waits, and memory is measured', () => {
  const waiting = { args: ['-e', 'setTimeout(() => 0, 700)'], cwd: process.cwd() };
  const { calm, working } = measure({ calm: waiting, working: busy(600) }, 3);
  expect(working.cpuMs).toBeGreaterThan(500);
  expect(calm.cpuMs).toBeLessThan(working.cpuMs);
  expect(calm.ms).toBeGreaterThan(700);
  expect(calm.mib).toBeGreaterThan(10);
});

test('a command of another kind is measured too, with the processes that it starts', () => {
  const { outer } = measure(
    { outer: { command: 'bash', args: ['-c', `"${process.execPath}" -e '${busy(400).args[1]}'`], cwd: process.cwd() } },
    1,
  );
  expect(outer.cpuMs).toBeGreaterThan(300);
  expect(outer.mib).toBe(0);
});

test('a process that fails is no measurement', () => {
  const failing = { args: ['-e', 'console.error("no chart"); process.exit(3)'], cwd: process.cwd() };
  expect(() => measure({ failing }, 1)).toThrow(/exited with 3:\nno chart/);
});
