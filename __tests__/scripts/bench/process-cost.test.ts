import { costOf, cpuTicks, peakKib } from '../../../scripts/bench/process-cost';

test('the CPU time of a program with any name', () => {
  const fields = [...Array(11).keys()].map((index) => `${index + 1000}`);
  expect(cpuTicks(`42 (a (b) c) S ${fields.slice(1).join(' ')} 7 5 0 0 20\n`)).toBe(12);
  expect(() => cpuTicks('42 (a) S 1')).toThrow('/proc has no utime');
});

test('the peak of the memory', () => {
  expect(peakKib('Name:\tnode\nVmPeak:\t 900 kB\nVmHWM:\t  113664 kB\nVmRSS:\t 10 kB\n')).toBe(113_664);
  expect(() => peakKib('Name:\tkthreadd\n')).toThrow('/proc has no VmHWM');
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a real process: what it has used agrees with what Node.js reports', () => {
  const until = process.cpuUsage().user + 300_000;
  while (process.cpuUsage().user < until);
  const { user, system } = process.cpuUsage();
  const { cpuMicroseconds, peakMib } = costOf(process.pid);
  expect(Math.abs(cpuMicroseconds - user - system)).toBeLessThan(50_000);
  expect(peakMib).toBeGreaterThanOrEqual((process.memoryUsage.rss() / 2 ** 20) * 0.9);
});
