/** The folder of a backup that is not complete. */
import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

const MARK = '.unfinished-backup';

/** Where a backup is collected until it is complete: beside its folder, on the same file system. */
export const partialOf = (target: string): string => `${target}${MARK}-${hostname()}-${process.pid}`;

/** Whether a process of this machine runs; another user's also does. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes what commands have left beside a folder that were killed, since it has passwords and keys. What another machine has left, on a
 * shared disk, stays.
 * @returns the names of what was removed
 */
export function removeAbandoned(target: string): readonly string[] {
  const folder = dirname(target);
  const own = `${MARK}-${hostname()}-`;
  const found = namesIn(folder).filter((name) => {
    const at = name.lastIndexOf(own);
    const pid = name.slice(at + own.length);
    return at > 0 && /^\d+$/.test(pid) && !isAlive(Number(pid));
  });
  for (const name of found) rmSync(join(folder, name), { recursive: true, force: true });
  return found;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
