/** Reads the files of a project. Nothing that may stand in a folder makes a run hang, or prints what is not of the project. */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import type { Problem } from '../problems';
import type { Checked } from './parse';

/** Bytes of one file, at most: far more than one object of Kubernetes may have. */
const MAX_FILE_BYTES = 4 * 2 ** 20;

type Trouble = Pick<Problem, 'allowed' | 'fix' | 'value'>;

/** Text of a file of the project, without a byte order mark. @param path parts of its path below the project's folder */
export function readText(root: string, ...path: string[]): Checked<string> {
  const file = path.join('/');
  const refused = (trouble: Trouble): Checked<string> => ({ ok: false, problems: [{ file, path: '', ...trouble }] });
  try {
    const real = realpathSync(join(root, ...path));
    return isInside(root, real) ? readRegular(real, refused) : refused(OUTSIDE);
  } catch (error) {
    return refused(troubleOf(error, 'file'));
  }
}

/**
 * Text of a file wherever it is.
 * @param name as the user knows it, for the problem
 * @param isPipe whether it may be a pipe, as `<(sops -d variables.env)` is one, whose writer is waited for
 */
export function readNamed(name: string, path: string, isPipe: boolean): Checked<string> {
  const refused = (trouble: Trouble): Checked<string> => ({
    ok: false,
    problems: [{ file: name, path: '', ...trouble }],
  });
  try {
    return isPipe && statSync(path).isFIFO()
      ? (decoded(readFileSync(path)) ?? refused(NO_TEXT))
      : readRegular(path, refused);
  } catch (error) {
    return refused(troubleOf(error, 'file'));
  }
}

/** Names of what is in a folder of the project, in the order of their code points, whatever the locale; none where it is absent. */
export function listing(root: string, folder: string): Checked<readonly string[]> {
  const path = join(root, folder);
  const refused = (trouble: Trouble): Checked<readonly string[]> => ({
    ok: false,
    problems: [{ file: `${folder}/`, path: '', ...trouble }],
  });
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return { ok: true, value: [] };
    return isInside(root, realpathSync(path)) ? { ok: true, value: readdirSync(path).sort() } : refused(OUTSIDE);
  } catch (error) {
    return refused(troubleOf(error, 'folder'));
  }
}

/** File names of a folder with an ending; none where the folder is absent, or cannot be read, which is a problem of its own. */
export function listFiles(root: string, folder: string, ending: string): string[] {
  const names = listing(root, folder);
  return names.ok ? names.value.filter((name) => name.endsWith(ending)) : [];
}

/** A link may lead to another place of the project. Argo CD refuses a repository with any other (high availability page, "out-of-bounds symlinks"). */
const isInside = (root: string, real: string): boolean => `${real}${sep}`.startsWith(`${realpathSync(root)}${sep}`);

const OUTSIDE: Trouble = {
  allowed: 'files and folders of the project; this is a link that leads out of it',
  fix: 'copy the file into the project, or let the link lead to a place inside it',
};

/** What is no file, such as a named pipe, would keep the reader waiting for ever: it is opened without waiting, and looked at first. */
function readRegular(path: string, refused: (trouble: Trouble) => Checked<string>): Checked<string> {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) return refused(NO_FILE);
    if (found.size > MAX_FILE_BYTES)
      return refused({
        value: `${found.size} bytes`,
        allowed: `at most ${MAX_FILE_BYTES} bytes`,
        fix: 'split the file',
      });
    return decoded(readFileSync(descriptor)) ?? refused(NO_TEXT);
  } finally {
    closeSync(descriptor);
  }
}

const NO_FILE: Trouble = {
  allowed: 'a regular file: no folder, pipe, socket or device',
  fix: 'rename it, so that it has another ending, or remove it',
};
const NO_TEXT: Trouble = { allowed: 'text in UTF-8', fix: 'save the file in the encoding UTF-8' };

/** Undefined where it is not UTF-8: replaced by U+FFFD, a text would be another one. */
function decoded(bytes: Buffer): Checked<string> | undefined {
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return undefined;
  }
}

/** What the operating system says, in words. */
function troubleOf(error: unknown, what: 'file' | 'folder'): Trouble {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const { fix, allowed } = TROUBLES[code] ?? {
    allowed: `a ${what} that can be read`,
    fix: `see what is wrong with it: ${code}`,
  };
  return { value: code, allowed: allowed.replace('%', what), fix };
}

/** By the codes of errno(3). */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  ENOENT: { allowed: 'a % that exists; this is a link to nothing', fix: 'mend the link, or remove it' },
  ELOOP: { allowed: 'a %; this is a link that leads to itself', fix: 'mend the link, or remove it' },
  EACCES: { allowed: 'a % that can be read', fix: 'give yourself the right to read it' },
  EPERM: { allowed: 'a % that can be read', fix: 'give yourself the right to read it' },
  ENOTDIR: { allowed: 'a %', fix: 'rename the file, and make a folder of this name' },
  ENXIO: NO_FILE,
};
