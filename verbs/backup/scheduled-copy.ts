/** A copy that a CronJob has stored, as a folder of this machine: it has the data of one claim. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { SCHEDULED_FORMAT } from '../../charts/backup/chart';
import { PROGRAMS } from '../../charts/backup/collect';
import { ABOUT, SUMS } from '../../charts/backup/scripts';
import { type BackupFile, type Contents, compareFiles, filesIn } from './contents';

const SCHEMA = z.object({
  format: z.literal(SCHEDULED_FORMAT),
  environment: z.string(),
  namespace: z.string(),
  claim: z.string(),
  program: z.enum(PROGRAMS),
  image: z.string(),
  taken: z.string(),
});

/** Whether a folder has such a copy. */
export const isScheduledCopy = (root: string): boolean => existsSync(join(root, ABOUT));

/** What is wrong with the copy, or its table of contents. */
export type ReadCopy = { readonly problems: readonly string[] } | { readonly contents: Contents };

/** Reads the copy, and compares every file with its checksums. */
export async function readScheduledCopy(root: string): Promise<ReadCopy> {
  if (!existsSync(join(root, SUMS))) return { problems: [`it has no ${SUMS}: it was not complete`] };
  const about = SCHEMA.safeParse(JSON.parse(readFileSync(join(root, ABOUT), 'utf8')));
  if (!about.success) return { problems: [`${ABOUT} is not of the form ${JSON.stringify(SCHEDULED_FORMAT)}`] };
  const { environment, namespace, claim, program, image, taken } = about.data;
  const found = await filesIn(root);
  const sizes = new Map(found.map(({ path, bytes }) => [path, bytes]));
  const listed: readonly BackupFile[] = readFileSync(join(root, SUMS), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ sha256: line.slice(0, 64), path: line.slice(66) }))
    .map((file) => ({ ...file, bytes: sizes.get(file.path) ?? 0 }));
  const problems = compareFiles(listed, found, [ABOUT, SUMS]);
  if (problems.length > 0) return { problems };
  const bytes = listed.reduce((sum, file) => sum + file.bytes, 0);
  return {
    contents: {
      created: taken,
      environment,
      namespace,
      cluster: { context: '', server: '', kubernetes: '' },
      images: {},
      stores: [{ claim, program, image, taken, bytes, opened: 'a scheduled copy', stoppedSeconds: null }],
      silences: null,
      left: [],
      files: [...listed],
    },
  };
}
