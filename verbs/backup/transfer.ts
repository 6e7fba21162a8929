/** Data between a claim and a folder of this machine: tar through `kubectl exec`, and a checksum of every file at both ends. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { say, VerbError } from '../terminal';
import { dataFolder } from './contents';
import { type BackupFile, filesIn, unlistable } from './files';
import type { Helper } from './helper';
import { runLocal } from './process';
import { COMPARE, RECEIVE } from './restore-scripts';
import { CHECKSUMS, SEND, SIZE } from './scripts';

const MIB = 2 ** 20;

/** A size for people. */
export const sizeText = (bytes: number): string =>
  bytes < MIB
    ? `${(bytes / 1024).toFixed(0)} KiB`
    : bytes < 1024 * MIB
      ? `${(bytes / MIB).toFixed(1)} MiB`
      : `${(bytes / 1024 / MIB).toFixed(2)} GiB`;

/** Seconds between two lines about progress. */
const PROGRESS_SECONDS = 5;

/** Counts what passes, and prints how much it was every few seconds. */
function progress(title: string, total: number): Transform {
  let bytes = 0;
  let printed = Date.now();
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (Date.now() - printed > PROGRESS_SECONDS * 1000) {
        printed = Date.now();
        say(`  ${title}: ${sizeText(bytes)} of ${sizeText(total)}`);
      }
      done(null, chunk);
    },
  });
}

/**
 * Copies the stage of a helper into a backup.
 * @returns the files, which are those of the stage
 * @throws VerbError if one of them is another than in the stage, or there is none
 */
export async function pull(
  helper: Helper,
  root: string,
  claim: string,
  signal: AbortSignal,
): Promise<readonly BackupFile[]> {
  const folder = dataFolder(claim);
  mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
  const checksums = checksumsOf(await helper.run(CHECKSUMS));
  const counted = progress(claim, Number(await helper.run(SIZE)));
  const unpack = ['-x', '-C', join(root, folder), '--no-same-owner', '-f', '-'];
  await Promise.all([helper.run(SEND, { output: counted }), runLocal('tar', unpack, signal, { input: counted })]);
  const files = await filesIn(root, folder);
  const arrived = new Map(files.map(({ path, sha256 }) => [path.slice(folder.length + 1), sha256]));
  const problems = [
    ...(checksums.size === 0 ? ['there is no file to copy'] : []),
    ...[...checksums].filter(([path, sum]) => arrived.get(path) !== sum).map(arrivedAs(arrived)),
    ...[...arrived.keys()].filter((path) => !checksums.has(path)).map((path) => `${path} was not sent`),
    ...unlistable(root, folder),
  ];
  if (problems.length === 0) return files;
  const shown = [...problems.slice(0, 3), ...(problems.length > 3 ? [`${problems.length - 3} more`] : [])].join(', ');
  throw new VerbError([{ what: `the copy of ${claim} cannot be used: ${shown}`, fix: 'run the command again' }]);
}

const arrivedAs =
  (arrived: ReadonlyMap<string, string>) =>
  ([path]: readonly [string, string]): string =>
    arrived.has(path) ? `${path} arrived damaged` : `${path} did not arrive`;

const checksumsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(66).replace(/^\.\//, ''), line.slice(0, 64)]),
  );

/** How often a claim's files are sent. What may be lost is lost rarely, so that once more is nearly always enough. */
const ATTEMPTS = 3;

/** What is sent to a claim. */
interface Cargo {
  readonly claim: string;
  readonly bytes: number;
}

/**
 * Copies a claim's files of a backup onto the claim, beside what is there. They are sent again if others arrive, because `kubectl exec` can
 * lose its standard input, or a part of it, without an error: https://github.com/kubernetes/kubernetes/issues/112834
 * @throws Error if one of them arrives damaged each time
 */
export async function push(
  helper: Helper,
  root: string,
  cargo: Cargo,
  files: readonly BackupFile[],
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(helper, root, cargo, files, signal);
    } catch (error) {
      if (signal.aborted || attempt === ATTEMPTS) throw error;
      say(`  ${cargo.claim} is sent again: ${(error as Error).message}`);
    }
  }
}

async function send(
  helper: Helper,
  root: string,
  { claim, bytes }: Cargo,
  files: readonly BackupFile[],
  signal: AbortSignal,
): Promise<void> {
  const folder = dataFolder(claim);
  const counted = progress(claim, bytes);
  const pack = ['-c', '-C', join(root, folder), '-f', '-', '.'];
  await Promise.all([runLocal('tar', pack, signal, { output: counted }), helper.run(RECEIVE, { input: counted })]);
  const own = files.filter(({ path }) => path.startsWith(`${folder}/`));
  const list = own.map(({ path, sha256 }) => `${sha256}  ./${path.slice(folder.length + 1)}\n`).join('');
  await helper.run(COMPARE, { input: PassThrough.from([list]) });
}
