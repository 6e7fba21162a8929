/** The memory of a process over time. */
import { readFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const EVERY = 50;

/** MiB that it has now, without mapped files, which the kernel can take back; 0 if it has ended. */
function residentOf(pid: number): number {
  try {
    const [, kibibytes = '0'] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kibibytes) / 1024;
  } catch {
    return 0;
  }
}

/** Watches a process until it is stopped, also where that ends before. `stop` returns the peak, in MiB. */
export function watchMemory(pid: number): { stop(): number } {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, residentOf(pid));
  };
  const timer = setInterval(look, EVERY);
  look();
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}
