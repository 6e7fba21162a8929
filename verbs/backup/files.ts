/** The files of a backup's folder, with their checksums. */
import { createHash } from 'node:crypto';
import { createReadStream, type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file of a backup. */
export interface BackupFile {
  /** Below the backup's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every file below a folder with its size and checksum, sorted by path. @param folder below the root. @default - the root */
export async function filesIn(root: string, folder = ''): Promise<readonly BackupFile[]> {
  const files: BackupFile[] = [];
  for (const name of namesIn(root, folder, (entry) => entry.isFile())) {
    const file = join(root, name);
    files.push({ path: name.split(sep).join('/'), bytes: statSync(file).size, sha256: await sha256Of(file) });
  }
  return files;
}

/** A problem for each entry of a folder that no table of contents can have, such as a link. Sorted. */
export const unlistable = (root: string, folder = ''): readonly string[] =>
  namesIn(root, folder, (entry) => !entry.isFile() && !entry.isDirectory()).map(
    (path) => `${path} is neither a file nor a folder`,
  );

const namesIn = (root: string, folder: string, isWanted: (entry: Dirent) => boolean): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(isWanted)
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();

/**
 * What is wrong with the files of a folder.
 * @param listed those that must be there
 * @param unlisted files that list the others
 */
export async function problemsIn(
  root: string,
  listed: readonly BackupFile[],
  unlisted: readonly string[],
): Promise<readonly string[]> {
  return [...compareFiles(listed, await filesIn(root), unlisted), ...unlistable(root)];
}

function compareFiles(
  listed: readonly BackupFile[],
  found: readonly BackupFile[],
  unlisted: readonly string[],
): readonly string[] {
  const byPath = new Map(found.map((file) => [file.path, file]));
  const known = new Set([...listed.map(({ path }) => path), ...unlisted]);
  return [
    ...listed.flatMap(({ path, bytes, sha256 }) => {
      const file = byPath.get(path);
      if (file === undefined) return [`${path} is missing`];
      if (file.bytes !== bytes) return [`${path} has ${file.bytes} bytes, not ${bytes}`];
      return file.sha256 === sha256 ? [] : [`the checksum of ${path} does not match`];
    }),
    ...found.filter(({ path }) => !known.has(path)).map(({ path }) => `${path} is not in its table of contents`),
  ];
}
