/** The memory of a process while something is done. */
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
