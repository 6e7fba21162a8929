/** What a running process has used, from /proc: Linux only. */
import { readFileSync } from 'node:fs';

/** What a process has used since its start. */
export interface ProcessCost {
  /** CPU time in user and kernel mode, in microseconds; the kernel counts in steps of 10 ms. */
  readonly cpuMicroseconds: number;
  /** The most memory that it had resident, in MiB. */
  readonly peakMib: number;
}

/** Ticks in a second: USER_HZ of proc(5), the same on every platform of Linux that Node.js runs on. */
const TICKS_PER_SECOND = 100;

/** Reads both. @throws Error if there is no such process, or no /proc */
export const costOf = (pid: number): ProcessCost => ({
  cpuMicroseconds: (cpuTicks(readFileSync(`/proc/${pid}/stat`, 'utf8')) * 1e6) / TICKS_PER_SECOND,
  peakMib: peakKib(readFileSync(`/proc/${pid}/status`, 'utf8')) / 1024,
});

/** Memory of a running process that is not a copy of a file, in MiB: what counts against the limit of a container for sure. */
export const anonymousMib = (pid: number): number =>
  number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1], 'RssAnon') / 1024;

/** `utime` and `stime` of /proc/PID/stat, its fields 14 and 15. The name of the program, field 2, may have spaces and parentheses. */
export function cpuTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return number(fields[11], 'utime') + number(fields[12], 'stime');
}

/** `VmHWM` of /proc/PID/status. */
export const peakKib = (status: string): number => number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1], 'VmHWM');

function number(text: string | undefined, name: string): number {
  if (text === undefined || !/^\d+$/.test(text)) throw new Error(`/proc has no ${name}`);
  return Number(text);
}
