/** What a restore reads from its folder before it asks a cluster anything. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VerbError } from '../terminal';
import type { VerbInput } from '../up';
import { ADMIN, parseAdmin } from './admin';
import { type Contents, damaged, type ReadContents, readContents, refused } from './contents';
import type { Restore } from './put-in-place';
import { isScheduledCopy, readScheduledCopy } from './scheduled-copy';
import { parseSilences, SILENCES } from './silences';

/** What a backup has besides the claims. @throws VerbError if it is not what monitor-backup writes */
export function besidesIn(folder: string, { files }: Contents): Pick<Restore, 'admin' | 'silences'> {
  const textOf = (name: string) =>
    files.some(({ path }) => path === name) ? readFileSync(join(folder, name), 'utf8') : null;
  const admin = textOf(ADMIN);
  const silences = textOf(SILENCES);
  try {
    return {
      admin: admin === null ? null : parseAdmin(admin),
      silences: silences === null ? [] : parseSilences(silences),
    };
  } catch (error) {
    throw error instanceof VerbError
      ? error
      : new VerbError([damaged(folder)(`${SILENCES}: ${(error as Error).message}`)]);
  }
}

/** The folder that `FROM` names. @throws VerbError if none is named */
export function folderOf(root: string, from: string | null): string {
  if (from !== null) return resolve(root, from);
  throw new VerbError([
    { what: 'no backup is named', fix: 'FROM=FOLDER names the folder that monitor-backup created' },
  ]);
}

/** Reads what monitor-backup or a CronJob has made. */
async function readBackup(folder: string): Promise<ReadContents> {
  if (!isScheduledCopy(folder)) return readContents(folder);
  const read = await readScheduledCopy(folder);
  return 'problems' in read ? refused(read.problems.map(damaged(folder))) : { ok: true, contents: read.contents };
}

/** @throws VerbError if the backup is not whole, or of another stack */
export async function checked(folder: string, { config: { environment, namespace } }: VerbInput): Promise<Contents> {
  const read = await readBackup(folder);
  if (!read.ok) throw new VerbError(read.problems);
  const { contents } = read;
  if (contents.environment === environment && contents.namespace === namespace) return contents;
  const of = `environment ${contents.environment}, namespace ${contents.namespace}`;
  const what = `${folder} is of another stack: ${of}; this is environment ${environment}, namespace ${namespace}`;
  throw new VerbError([{ what, fix: `ENVIRONMENT=${contents.environment} restores it; nothing was changed` }]);
}
