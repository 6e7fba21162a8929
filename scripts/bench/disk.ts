/** What files take on a disk. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes that the files below a folder take: whole blocks of the file system, without the holes of sparse files. */
export function diskBytes(folder: string): number {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + sizeOf(join(parentPath, name)), 0);
}

/** A running program deletes files while they are counted. */
const sizeOf = (path: string): number => (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
