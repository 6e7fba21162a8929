/** A copy that a CronJob has stored, as a folder of this machine: it has the data of one claim. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { SCHEDULED_FORMAT } from '../../charts/backup/chart';
import { PROGRAMS } from '../../charts/backup/collect';
import { ABOUT, SUMS } from '../../charts/backup/scripts';
import type { Contents } from './contents';
import { type BackupFile, filesIn, problemsIn } from './files';

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
  const sums = sumsIn(readFileSync(join(root, SUMS), 'utf8'));
  if (sums === null) return { problems: [`${SUMS} is not a list of checksums`] };
  const sizes = new Map((await filesIn(root)).map(({ path, bytes }) => [path, bytes]));
  const files = sums.map((file) => ({ ...file, bytes: sizes.get(file.path) ?? 0 }));
  const problems = await problemsIn(root, files, [SUMS]);
  if (problems.length > 0) return { problems };
  const about = SCHEMA.safeParse(jsonIn(readFileSync(join(root, ABOUT), 'utf8')));
  if (!about.success) return { problems: [`${ABOUT} is not of the form ${JSON.stringify(SCHEDULED_FORMAT)}`] };
  return contentsOf(about.data, files);
}

type About = z.output<typeof SCHEMA>;

function contentsOf(about: About, files: readonly BackupFile[]): ReadCopy {
  const { environment, namespace, claim, program, image, taken } = about;
  const data = files.filter(({ path }) => path.startsWith(`data/${claim}/`));
  if (data.length === 0) return { problems: [`it has no file of ${claim}`] };
  const bytes = data.reduce((sum, file) => sum + file.bytes, 0);
  return {
    contents: {
      created: taken,
      environment,
      namespace,
      cluster: { context: '', server: '', kubernetes: '' },
      images: {},
      stores: [{ claim, program, image, taken, bytes, opened: 'a scheduled copy', stoppedSeconds: null }],
      silences: null,
      notIncluded: [],
      files: [...files],
    },
  };
}

/** The files of a list in the form of sha256sum; null: it has another form. */
function sumsIn(text: string): readonly Pick<BackupFile, 'path' | 'sha256'>[] | null {
  const lines = text.split('\n').filter((line) => line !== '');
  const parsed = lines.map((line) => /^([0-9a-f]{64}) [ *](.+)$/.exec(line));
  const files = parsed.flatMap((found) => (found === null ? [] : [{ sha256: found[1] ?? '', path: found[2] ?? '' }]));
  return files.length === lines.length && files.length > 0 ? files : null;
}

/** The JSON of a text; null if it is none, which no schema here accepts. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
