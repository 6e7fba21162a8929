/** The archive: a gzipped tar that is written completely or not at all. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { VerbError } from '../terminal';

/** A file of the archive. */
export interface ArchiveFile {
  readonly path: string;
  readonly text: string;
}

/**
 * A gzipped tar of texts, in the order of their paths. The same files and the same time give the same bytes.
 * @param folder the folder that they are in
 */
export async function archiveOf(folder: string, files: readonly ArchiveFile[], time: Date): Promise<Buffer> {
  const tar = pack();
  const parts: Buffer[] = [];
  const read = (async () => {
    for await (const part of tar) parts.push(part as Buffer);
  })();
  for (const { path, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    tar.entry({ name: `${folder}/${path}`, mtime: time, mode: 0o600, uid: 0, gid: 0 }, text);
  }
  tar.finalize();
  await read;
  return gzipSync(Buffer.concat(parts));
}

/** Refuses a file that exists. @throws VerbError */
export function requireNew(file: string): void {
  if (!existsSync(file)) return;
  throw new VerbError([{ what: `${file} exists already.`, fix: 'TO=another-name.tgz, or delete it' }]);
}

/** Writes a file that only this user can read. A file that is only partly written does not get its name. */
export function writeWhole(file: string, content: Buffer): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    const descriptor = openSync(partial, 'wx', 0o600);
    try {
      for (let written = 0; written < content.length; ) written += writeSync(descriptor, content, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    requireNew(file);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    if (error instanceof VerbError) throw error;
    throw new VerbError([
      {
        what: `${file} cannot be written: ${(error as Error).message}`,
        fix: 'TO=FILE in a folder that you can write to',
      },
    ]);
  }
}
