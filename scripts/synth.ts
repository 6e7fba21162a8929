/**
 * `make synth`: renders every environment into a new folder beside `dist/`, and replaces `dist/` only if everything succeeded.
 * A failure leaves `dist/` and the generated documents as they were.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failWith } from '../lib/fail';
import { buildStack, synthStack } from '../stack/apps';
import { loadEnvironments } from '../stack/load';
import { warningText } from '../stack/warnings';
import { generatedFiles } from './generate';

const root = process.cwd();
const dist = join(root, 'dist');

try {
  removeLeftovers();
  const configs = loadEnvironments(root);
  // Not mkdtemp, whose folder only its owner may read: this one becomes dist/.
  const next = join(root, `.dist-next-${process.pid}`);
  mkdirSync(next);
  let files: Readonly<Record<string, string>>;
  try {
    const built = configs.map((config) => ({ config, stack: buildStack(config, join(next, config.environment)) }));
    files = generatedFiles(built, (name) => readFileSync(join(root, name), 'utf8'));
    for (const { stack } of built) synthStack(stack);
    swap(next);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
  for (const [file, content] of Object.entries(files)) writeIfChanged(join(root, file), content);
  process.stderr.write(configs.map(warningText).join(''));
  process.stdout.write(`${configs.map(({ environment }) => `dist/${environment}`).join('\n')}\n`);
} catch (error) {
  failWith(error);
}

/** Two renames, so that `dist/` is always the old or the new one. A run that is killed between them leaves the old one beside it. */
function swap(next: string): void {
  const old = join(root, `.dist-old-${process.pid}`);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

/** Cleans up after a run that was killed. If it was killed between the renames, the old `dist/` is restored. */
function removeLeftovers(): void {
  for (const name of readdirSync(root)) {
    if (name.startsWith('.dist-old-') && !existsSync(dist)) renameSync(join(root, name), dist);
    else if (name.startsWith('.dist-old-') || name.startsWith('.dist-next-'))
      rmSync(join(root, name), { recursive: true, force: true });
  }
}

function writeIfChanged(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
