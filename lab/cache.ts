/** The cache of built programs. It is outside the clone, so that a fresh clone uses it too. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { moduleOf, versionOf } from './program-versions';
import type { GoModule } from './programs';

/** The project's folder; every command of the lab runs in it. */
export const ROOT = process.cwd();

/** Folder of the pinned tools. */
export const TOOLS = join(ROOT, 'lab/tools');

/** The cache: `$XDG_CACHE_HOME/cdk8s-observability`, `~/.cache/…` where that is not set. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-observability');

/** The text of a module's go.mod. */
export const goModOf = (folder: string): string => readFileSync(join(TOOLS, folder, 'go.mod'), 'utf8');

/** The version of a program. */
export function programVersion(program: string): string {
  const module = moduleOf(program);
  return versionOf(module, goModOf(module.folder));
}

/** A short hash of the files of a folder of `lab/tools`, and of other inputs of the build. */
export function keyOf(folder: string, ...others: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(join(TOOLS, folder)).sort())
    hash.update(file).update(readFileSync(join(TOOLS, folder, file)));
  return hash.update(others.join('\0')).digest('hex').slice(0, 12);
}

/** The linker's flags: without symbol tables, which halves link time and image size. */
export function linkerFlags(module: GoModule): string {
  const variables = Object.entries(module.variables?.(versionOf(module, goModOf(module.folder))) ?? {});
  return ['-s', '-w', ...variables.map(([name, value]) => `-X ${name}=${value}`)].join(' ');
}

/** The path of a built program. The name of its folder has its version and a hash of all inputs of the build. */
export function programPath(program: string): string {
  const module = moduleOf(program);
  const key = keyOf(module.folder, linkerFlags(module), module.tags ?? '', `${process.platform}-${process.arch}`);
  return join(CACHE, 'programs', `${program}-${programVersion(program)}-${key}`, program);
}

/** The folder of the Python tools. */
export const PYTHON = join(CACHE, 'python', keyOf('python'));

/** The folder of the Kubernetes schemas that kubeconform reads. */
export const SCHEMAS = join(PYTHON, 'schemas');

/** The folder of Grafana's own library of values and fields. */
export const GRAFANA_DATA = join(CACHE, 'grafana-data', keyOf('grafana-data'));

/** The folders of OpenTelemetry's SDKs for Node.js and Python. */
export const SDK_NODE = join(CACHE, 'sdk-node', keyOf('sdk-node'));
export const SDK_PYTHON = join(CACHE, 'sdk-python', keyOf('sdk-python'));

/** A new folder of the cache for this process. */
export function ownFolder(prefix: string): string {
  mkdirSync(CACHE, { recursive: true });
  return mkdtempSync(join(CACHE, `${prefix}-${process.pid}-`));
}

/** Folders of processes that were killed. */
export const abandonedFolders = (prefix: string): readonly string[] =>
  (existsSync(CACHE) ? readdirSync(CACHE) : [])
    .filter((name) => name.startsWith(`${prefix}-`) && !isAlive(Number(name.split('-').at(-2))))
    .map((name) => join(CACHE, name));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
