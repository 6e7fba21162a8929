/**
 * `npm run build`: what `npm pack` puts into the package, in `out/`. The code is one file with its source map: nothing else can be
 * imported, and it starts faster than hundreds of files. The declarations are those that `index.d.ts` leads to.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failWith } from '../lib/fail';

const root = process.cwd();
const out = join(root, 'out');
const declarations = join(root, '.build/types');

try {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  for (const folder of [out, declarations]) rmSync(folder, { recursive: true, force: true });
  run('tsc', '-p', 'tsconfig.build.json');
  for (const file of reachable('index.d.ts', new Set(Object.keys(manifest.peerDependencies)))) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    copyFileSync(join(declarations, file), join(out, file));
  }
  bundle(manifest);
} catch (error) {
  failWith(error);
}

/** Runs a program that npm has installed. */
function run(program: string, ...args: readonly string[]): void {
  execFileSync(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: 'inherit' });
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/**
 * The declaration files that one leads to.
 * @throws Error where one names a package that users do not have themselves: its types would then be part of our contract
 */
function reachable(entry: string, peers: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    // Examples in comments import the package itself.
    const text = readFileSync(join(declarations, file), 'utf8').replace(/\/\*.*?\*\//gs, '');
    for (const [, name = ''] of text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)) {
      if (name.startsWith('.')) visit(`${join(dirname(file), name)}.d.ts`);
      else if (!peers.has(name)) throw new Error(`${file} names types of ${name}, which is no peer dependency.`);
    }
  };
  visit(entry);
  return found;
}

/** What esbuild says of its work (https://esbuild.github.io/api/#metafile), as far as it is used here. */
interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>
  >;
}

/** @throws Error where the code needs a package that would not be installed with it */
function bundle({ dependencies, peerDependencies }: Manifest): void {
  const metafile = join(root, '.build/package.json');
  run(
    'esbuild',
    'index.ts',
    '--bundle',
    '--packages=external',
    '--platform=node',
    '--target=node20',
    '--sourcemap',
    '--outfile=out/index.js',
    `--metafile=${metafile}`,
    '--log-level=warning',
  );
  const { outputs } = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile;
  const installed = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  const needed = Object.values(outputs)
    .flatMap(({ imports }) => imports.filter(({ external }) => external))
    .map(({ path }) => path);
  for (const name of needed) {
    const isThere = name.startsWith('node:') || installed.some((one) => name === one || name.startsWith(`${one}/`));
    if (!isThere) throw new Error(`The package needs ${name}, which is no dependency of it.`);
  }
}
