/** The table of contents of a backup: what it is of, and the checksum of every file. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PROGRAMS } from '../../charts/backup/collect';
import type { VerbProblem } from '../terminal';
import { type BackupFile, problemsIn } from './files';

/** The file with the table of contents, and the file with its checksum. */
export const CONTENTS = 'contents.json';
const CONTENTS_SUM = 'contents.json.sha256';

/** The mark of our backups, and the version of their form. */
const FORMAT = 'cdk8s-observability backup 1';

const FILE = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() });

const STORE = z.object({
  /** Name of the claim; its files are in the folder `data/<claim>`. */
  claim: z.string(),
  program: z.enum(PROGRAMS),
  /** The image that ran. */
  image: z.string(),
  taken: z.string(),
  bytes: z.number(),
  /** What the real program found in the copy. */
  opened: z.string(),
  /** Seconds for which the program was stopped; null: it ran. */
  stoppedSeconds: z.number().nullable(),
});

const SCHEMA = z.object({
  format: z.literal(FORMAT),
  created: z.string(),
  environment: z.string(),
  namespace: z.string(),
  cluster: z.object({ context: z.string(), server: z.string(), kubernetes: z.string() }),
  /** Image of each workload, as it ran. */
  images: z.record(z.string(), z.string()),
  stores: z.array(STORE),
  silences: z.number().nullable(),
  /** What is not in it, and why. */
  notIncluded: z.array(z.string()),
  files: z.array(FILE),
});

/** The data of one claim. */
export type StoreEntry = z.output<typeof STORE>;
/** The table of contents. */
export type Contents = Omit<z.output<typeof SCHEMA>, 'format'>;

/** Folder of a claim's files in a backup. */
export const dataFolder = (claim: string): string => join('data', claim);

const textHash = (text: string) => createHash('sha256').update(text).digest('hex');

/** Writes the table of contents: the last files of a backup. */
export function writeContents(root: string, contents: Contents): void {
  const text = `${JSON.stringify({ format: FORMAT, ...contents }, null, 2)}\n`;
  const owner = { mode: 0o600 };
  writeFileSync(join(root, CONTENTS), text, owner);
  writeFileSync(join(root, CONTENTS_SUM), `${textHash(text)}  ${CONTENTS}\n`, owner);
}

/** A backup that was read, or what is wrong with it. */
export type ReadContents =
  | { readonly ok: true; readonly contents: Contents }
  | { readonly ok: false; readonly problems: readonly VerbProblem[] };

/** A backup that must not be restored. */
export const refused = (problems: readonly VerbProblem[]): ReadContents => ({ ok: false, problems });

const ANOTHER = 'nothing was changed; restore another backup';

/** Reads the table of contents, and compares every file with it. */
export async function readContents(root: string): Promise<ReadContents> {
  if (!existsSync(join(root, CONTENTS))) {
    const what = `${root} is no backup of this stack: it has no ${CONTENTS}`;
    return refused([{ what, fix: 'FROM=FOLDER names the folder that monitor-backup created' }]);
  }
  const text = readFileSync(join(root, CONTENTS), 'utf8');
  const sum = existsSync(join(root, CONTENTS_SUM)) ? readFileSync(join(root, CONTENTS_SUM), 'utf8') : '';
  if (!sum.startsWith(textHash(text))) {
    return refused([{ what: `${root} is damaged: the checksum of ${CONTENTS} does not match`, fix: ANOTHER }]);
  }
  const parsed = SCHEMA.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const what = `${root} is not a backup of the form ${JSON.stringify(FORMAT)}`;
    return refused([{ what, fix: 'restore it with the version of this project that made it' }]);
  }
  const { files, stores } = parsed.data;
  const problems = [...(await problemsIn(root, files, [CONTENTS, CONTENTS_SUM])), ...withoutFiles(stores, files)];
  return problems.length === 0 ? { ok: true, contents: parsed.data } : refused(problems.map(damaged(root)));
}

/** A problem of a backup that is damaged. */
export const damaged = (root: string) => (what: string) => ({ what: `${root} is damaged: ${what}`, fix: ANOTHER });

/** An empty copy looks like a success, and restoring it would delete what is there. */
const withoutFiles = (stores: readonly StoreEntry[], files: readonly BackupFile[]): readonly string[] =>
  stores
    .filter(({ claim }) => !files.some(({ path }) => path.startsWith(`${dataFolder(claim)}/`)))
    .map(({ claim }) => `it has no file of ${claim}`);
