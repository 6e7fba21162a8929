/** The table of contents of a backup: what it is of, and the checksum of every file. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { PROGRAMS } from '../../charts/backup/collect';
import type { VerbProblem } from '../terminal';

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
  /** Image of each workload, as it was rendered. */
  images: z.record(z.string(), z.string()),
  stores: z.array(STORE),
  silences: z.number().nullable(),
  /** What is not in it, and why. */
  left: z.array(z.string()),
  files: z.array(FILE),
});

/** A file of a backup. */
export type BackupFile = z.output<typeof FILE>;
/** The data of one claim. */
export type StoreEntry = z.output<typeof STORE>;
/** The table of contents. */
export type Contents = Omit<z.output<typeof SCHEMA>, 'format'>;

/** Folder of a claim's files in a backup. */
export const dataFolder = (claim: string): string => join('data', claim);

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every file below a folder with its size and checksum, sorted by path. @param folder below the root. @default - the root */
export async function filesIn(root: string, folder = ''): Promise<readonly BackupFile[]> {
  const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
  const files: BackupFile[] = [];
  for (const name of names) {
    const file = join(root, name);
    files.push({ path: name.split(sep).join('/'), bytes: statSync(file).size, sha256: await sha256Of(file) });
  }
  return files;
}

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
    return refused([{ what: `${root} is damaged: the checksum of ${CONTENTS} is another`, fix: ANOTHER }]);
  }
  const parsed = SCHEMA.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const what = `${root} is not a backup of the form ${JSON.stringify(FORMAT)}`;
    return refused([{ what, fix: 'restore it with the version of this project that made it' }]);
  }
  const problems = compareFiles(parsed.data.files, await filesIn(root), [CONTENTS, CONTENTS_SUM]);
  return problems.length === 0 ? { ok: true, contents: parsed.data } : refused(problems.map(damaged(root)));
}

/** A problem of a backup that is damaged. */
export const damaged = (root: string) => (what: string) => ({ what: `${root} is damaged: ${what}`, fix: ANOTHER });

/**
 * What differs between the files that are listed and those that are there.
 * @param unlisted files that list the others
 */
export function compareFiles(
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
      return file.sha256 === sha256 ? [] : [`the checksum of ${path} is another`];
    }),
    ...found.filter(({ path }) => !known.has(path)).map(({ path }) => `${path} is not in its table of contents`),
  ];
}
