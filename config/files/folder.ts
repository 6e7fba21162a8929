/** Reads the files of a project. Special files cannot make a run hang, and links cannot leak files from outside the project. */
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

/** Maximum size of one file in bytes: far more than the limit of a Kubernetes object. */
const MAX_FILE_BYTES = 4 * 2 ** 20;

type Issue = Pick<Problem, 'allowed' | 'fix' | 'value'>;

/** Text of a file of the project, without a byte order mark. @param path parts of its path, relative to the project's folder */
export function readText(root: string, ...path: string[]): Checked<string> {
  const file = path.join('/');
  const refused = (issue: Issue): Checked<string> => ({ ok: false, problems: [{ file, path: '', ...issue }] });
  try {
    const real = realpathSync(join(root, ...path));
    return isInside(root, real) ? readRegular(real, refused) : refused(OUTSIDE);
  } catch (error) {
    return refused(issueOf(error, 'file'));
  }
}

/**
 * Text of a file at any path.
 * @param name its name for messages
 * @param isPipe whether it may be a pipe, such as `<(sops -d variables.env)`; then the read waits for its writer
 */
export function readNamed(name: string, path: string, isPipe: boolean): Checked<string> {
  const refused = (issue: Issue): Checked<string> => ({
    ok: false,
    problems: [{ file: name, path: '', ...issue }],
  });
  try {
    return isPipe && statSync(path).isFIFO()
      ? (decoded(readFileSync(path)) ?? refused(NOT_TEXT))
      : readRegular(path, refused);
  } catch (error) {
    return refused(issueOf(error, 'file'));
  }
}

/** Names of the entries of a folder of the project, in the order of their code points in every locale; none if it is absent. */
export function listing(root: string, folder: string): Checked<readonly string[]> {
  const path = join(root, folder);
  const refused = (issue: Issue): Checked<readonly string[]> => ({
    ok: false,
    problems: [{ file: `${folder}/`, path: '', ...issue }],
  });
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return { ok: true, value: [] };
    return isInside(root, realpathSync(path)) ? { ok: true, value: readdirSync(path).sort() } : refused(OUTSIDE);
  } catch (error) {
    return refused(issueOf(error, 'folder'));
  }
}

/** File names of a folder with an extension; none if the folder is absent or unreadable, which `unreadable` reports. */
export function listFiles(root: string, folder: string, ending: string): string[] {
  const names = listing(root, folder);
  return names.ok ? names.value.filter((name) => name.endsWith(ending)) : [];
}

/** A link may point to another place in the project. Argo CD rejects a repository with any other (high availability page, "out-of-bounds symlinks"). */
const isInside = (root: string, real: string): boolean => `${real}${sep}`.startsWith(`${realpathSync(root)}${sep}`);

const OUTSIDE: Issue = {
  allowed: 'files and folders of the project; this is a link to a place outside',
  fix: 'copy the file into the project, or let the link point to a place inside it',
};

/** Reading a named pipe could block for ever, so the file is opened without blocking and its type is checked first. */
function readRegular(path: string, refused: (issue: Issue) => Checked<string>): Checked<string> {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) return refused(NOT_A_FILE);
    if (found.size > MAX_FILE_BYTES)
      return refused({
        value: `${found.size} bytes`,
        allowed: `at most ${MAX_FILE_BYTES} bytes`,
        fix: 'split the file',
      });
    return decoded(readFileSync(descriptor)) ?? refused(NOT_TEXT);
  } finally {
    closeSync(descriptor);
  }
}

const NOT_A_FILE: Issue = {
  allowed: 'a regular file, not a folder, pipe, socket or device',
  fix: 'rename it to another extension, or remove it',
};
const NOT_TEXT: Issue = { allowed: 'text in UTF-8', fix: 'save the file as UTF-8' };

/** Undefined if it is not UTF-8. Replacing invalid bytes by U+FFFD would change the text. */
function decoded(bytes: Buffer): Checked<string> | undefined {
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return undefined;
  }
}

/** The operating system's error in words. */
function issueOf(error: unknown, what: 'file' | 'folder'): Issue {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const { fix, allowed } = BY_CODE[code] ?? {
    allowed: `a ${what} that can be read`,
    fix: `see what is wrong with it: ${code}`,
  };
  return { value: code, allowed: allowed.replace('%', what), fix };
}

/** By the codes of errno(3). */
const BY_CODE: Readonly<Record<string, Issue>> = {
  ENOENT: { allowed: 'a % that exists; this is a broken link', fix: 'correct the link, or remove it' },
  ELOOP: { allowed: 'a %; this link points to itself', fix: 'correct the link, or remove it' },
  EACCES: { allowed: 'a % that can be read', fix: 'give yourself permission to read it' },
  EPERM: { allowed: 'a % that can be read', fix: 'give yourself permission to read it' },
  ENOTDIR: { allowed: 'a %', fix: 'rename the file, and create a folder with this name' },
  ENXIO: NOT_A_FILE,
};
