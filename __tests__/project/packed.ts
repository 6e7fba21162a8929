/** The package as `npm pack` makes it, in projects of their own that find what the package declares, and nothing else. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../support';

const NAME = 'cdk8s-observability';

/** The fields of package.json that say what is installed with it. */
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** A program that has run. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Packs the project as for a release. Returns the folder that holds the tarball and everything that is made from it. */
export function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-observability-package-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT, stdio: 'pipe' });
  const [tarball = ''] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  return folder;
}

/**
 * A project with the package installed. What the package declares is linked from this project's own packages, so that no registry is
 * asked; the package itself is a copy, so that it finds only that.
 */
export class Project {
  readonly root: string;
  readonly #dependencies: readonly string[];

  /** @param packed the folder that `pack` has made */
  constructor(packed: string, name: string) {
    this.root = join(packed, name);
    const installed = join(this.root, 'node_modules', NAME);
    cpSync(join(packed, 'package'), installed, { recursive: true });
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(installed, 'package.json'), 'utf8'),
    ) as Manifest;
    this.#dependencies = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    for (const dependency of [...this.#dependencies, '@types/node']) this.link(dependency);
    this.write('package.json', '{ "name": "app", "private": true }\n');
  }

  /** Links one of this project's own packages. */
  link(dependency: string): void {
    const path = join(this.root, 'node_modules', dependency);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', dependency), path);
  }

  /** Replaces a link by a copy. */
  copyOwn(dependency: string, into = 'node_modules'): void {
    const path = join(this.root, into, dependency);
    rmSync(path, { recursive: true, force: true });
    cpSync(join(ROOT, 'node_modules', dependency), path, { recursive: true });
  }

  /** Writes a file of the project. */
  write(file: string, content: string): void {
    writeFileSync(join(this.root, file), content);
  }

  /** Copies a folder's files into the project. */
  add(folder: string): void {
    cpSync(folder, this.root, { recursive: true });
  }

  /** Runs the compiler in the project, with the types of every package checked too. */
  compile(...args: readonly string[]): Run {
    return this.#run(join(ROOT, 'node_modules/.bin/tsc'), ['--skipLibCheck', 'false', ...args]);
  }

  /** Runs Node in the project. */
  node(...args: readonly string[]): Run {
    return this.#run(process.execPath, args);
  }

  /** Every file below a folder of the project: path to content. */
  files(folder: string): Record<string, string> {
    const root = join(this.root, folder);
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
  }

  #run(program: string, args: readonly string[]): Run {
    const env = { PATH: process.env.PATH ?? '', HOME: this.root };
    return spawnSync(program, args, { cwd: this.root, encoding: 'utf8', env });
  }
}
