/** Files that hold credentials while this process runs. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'cdk8s-observability-private-';

/**
 * Writes a file that only this user can read, in a new folder outside the project. It is deleted when this process exits. A process that
 * was killed with SIGKILL cannot do that, so the next one cleans up first.
 * @returns its path
 */
export function privateFile(name: string, content: string): string {
  removeAbandoned(tmpdir());
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  return file;
}

/** Deletes the folders of this user's processes that no longer exist. */
function removeAbandoned(parent: string): void {
  for (const entry of readdirSync(parent, { withFileTypes: true })) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(entry.name)?.[1];
    if (pid === undefined || !entry.isDirectory() || isAlive(Number(pid))) continue;
    const folder = join(parent, entry.name);
    const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
    if (owner === process.getuid?.()) rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
