/** The memory of a process while something is done, and its end. */
import { until } from '../../lab/commands';
import type { Running } from '../../lab/running';
import { anonymousMib } from './process-cost';

/** Milliseconds between two looks. */
const EVERY = 100;

/** Does something, and returns the most memory that a program had meanwhile that was not a copy of a file, in MiB. */
export async function peakDuring(running: Running, work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  const look = () => {
    try {
      peak = Math.max(peak, anonymousMib(running.pid));
    } catch {
      // It does not run yet, or no more.
    }
  };
  const timer = setInterval(look, EVERY);
  await work().finally(() => clearInterval(timer));
  look();
  return peak;
}

/** Ends a program as Kubernetes does, and keeps its files. */
export async function endOf({ pid }: Running): Promise<void> {
  process.kill(pid, 'SIGTERM');
  await until(() => !isAlive(pid), `process ${pid} to end`, 120);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
