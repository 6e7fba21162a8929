/** Renderings to compare: a folder, the `dist/` of a git reference, or what the project renders now. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { appsOf, buildStack } from '../../stack/apps';
import { type Manifest, manifestsOf } from '../../stack/checks/manifest';
import { loadEnvironments } from '../../stack/load';
import { VerbError } from '../terminal';
import { at } from './tree';

/** The manifests of each environment. */
export interface Rendering {
  /** What messages call it. */
  readonly title: string;
  readonly environments: ReadonlyMap<string, readonly Manifest[]>;
}

/** Where `make synth` writes. */
const DIST = 'dist';
const IS_YAML = /\.ya?ml$/;

/** Renders the environments of the project, without writing anything. @throws ConfigError, StackError as `make synth` does */
export const renderedNow = (root: string): Rendering => ({
  title: 'what the working tree renders',
  environments: new Map(
    loadEnvironments(root).map((config) => [config.environment, manifestsOf(appsOf(buildStack(config, 'unused')))]),
  ),
});

/**
 * Reads a rendering. A folder that exists comes first, then a git reference.
 * @param given path of a folder with environments or with the manifests of one, or a git reference such as `main` or `v1.2.0`
 * @throws VerbError if it is neither, or has no manifests
 */
export function readRendering(root: string, given: string): Rendering {
  const folder = resolve(root, given);
  const isFolder = existsSync(folder) && statSync(folder).isDirectory();
  const texts = isFolder ? textsOfFolder(folder) : textsOfReference(root, given);
  const title = isFolder ? given : `${DIST}/ of ${given}`;
  if (texts.size === 0)
    throw new VerbError([
      { what: `${title} has no manifests.`, fix: 'render them first, or name another folder or git reference' },
    ]);
  return { title, environments: grouped(texts, title, basename(folder)) };
}

/** File names, below the folder, with their text. */
type Texts = ReadonlyMap<string, string>;

function textsOfFolder(folder: string): Texts {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => IS_YAML.test(file));
  return new Map(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

function textsOfReference(root: string, reference: string): Texts {
  // A reference that begins with a dash would be an option of git.
  const isReference =
    !reference.startsWith('-') && git(root, ['rev-parse', '--verify', '--quiet', `${reference}^{commit}`]) !== null;
  if (!isReference)
    throw new VerbError([
      {
        what: `${JSON.stringify(reference)} is neither a folder nor a git reference.`,
        fix: 'a folder with manifests, or a branch, tag or commit',
      },
    ]);
  const listed = git(root, ['ls-tree', '-r', '-z', '--name-only', reference, '--', DIST]) ?? '';
  const files = listed.split('\0').filter((file) => IS_YAML.test(file));
  return new Map(
    files.map((file) => [file.slice(DIST.length + 1), git(root, ['show', `${reference}:./${file}`]) ?? '']),
  );
}

/** Room for the largest file. */
const MAX_BYTES = 64 * 2 ** 20;

/** What git prints; null if it fails. */
function git(root: string, args: readonly string[]): string | null {
  try {
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: MAX_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new VerbError([{ what: 'There is no git on the PATH.', fix: 'install git, or compare two folders' }]);
    return null;
  }
}

/** Files by environment: the first part of their paths. A folder with manifests of its own is one environment. */
function grouped(texts: Texts, title: string, name: string): ReadonlyMap<string, readonly Manifest[]> {
  const isOne = [...texts.keys()].some((file) => !file.includes('/')) || !hasFlatFolders(texts);
  const environments = new Map<string, Manifest[]>();
  for (const [file, text] of texts) {
    const environment = isOne ? name : (file.split('/')[0] ?? '');
    environments.set(environment, [...(environments.get(environment) ?? []), ...objectsOf(text, `${title} ${file}`)]);
  }
  return environments;
}

/** Whether folders have manifests directly in them, as those of environments do; otherwise they are `keep/` and the like. */
const hasFlatFolders = (texts: Texts): boolean => [...texts.keys()].some((file) => file.split('/').length === 2);

function objectsOf(text: string, file: string): readonly Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors ?? [];
    if (error !== undefined) throw new VerbError([{ what: `${file}: ${error.message}`, fix: 'render it again' }]);
    const object: unknown = document.toJS();
    return typeof at(object, 'kind') === 'string' ? [object as Manifest] : [];
  });
}
