/** A folder in place of a claim, and the scripts that a restore runs on it, cut where a test says. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files by their path, with their text. */
export type Files = Readonly<Record<string, string>>;

const folders: string[] = [];
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

function folder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), name));
  folders.push(path);
  return path;
}

/** Commands that change something. Each one counts; after the one of CUT_AT the script is killed. */
const COUNTED = ['mv', 'rm', 'mkdir'];

/** Half of a deletion: one entry goes, then the script is killed. */
const HALF = `if [ "$name" = rm ] && [ "$count" = "\${CUT_AT:-0}" ]; then
  for last in "$@"; do :; done
  first=$(ls -A "$last" 2>/dev/null | head -n 1)
  [ -z "$first" ] || /bin/rm -rf "$last/$first"
  kill -9 $PPID
  exit 137
fi`;

function commands(): string {
  const bin = folder('commands-');
  for (const name of COUNTED) {
    const file = join(bin, name);
    writeFileSync(
      file,
      `#!/bin/sh
name=${name}
count=$(( $(cat "$COUNTER") + 1 ))
echo "$count" > "$COUNTER"
${HALF}
/bin/${name} "$@" || exit $?
[ "$count" != "\${CUT_AT:-0}" ] || kill -9 $PPID
`,
    );
    chmodSync(file, 0o755);
  }
  // The whole machine would write its caches to the disk, for each state.
  writeFileSync(join(bin, 'sync'), '#!/bin/sh\n', { mode: 0o755 });
  return bin;
}

/** The result of a script. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
  /** How many commands have changed something. */
  readonly changes: number;
}

/** A folder in place of a claim. */
export interface TestClaim {
  /** Another claim with the same files, and the same state of a restore. */
  copy(): TestClaim;
  /** Runs a script; it is killed after its change of that number. */
  run(script: string, options?: { readonly cutAt?: number | undefined; readonly input?: string | Buffer }): Ran;
  /** Files below a folder of the claim, without what restores keep. */
  files(place?: string): Files;
  /** What a program writes. */
  write(given: Files): void;
}

/** A folder in place of a claim. @param shell as `sh`, or `busybox sh` */
export function claimWith(files: Files, shell: readonly string[] = ['sh']): TestClaim {
  const claim = claimIn(folder('claim-'), commands(), shell);
  claim.write(files);
  return claim;
}

function claimIn(data: string, bin: string, shells: readonly string[]): TestClaim {
  const [shell = 'sh', ...options] = shells;
  const counter = join(bin, 'counter');
  return {
    copy: () => {
      const other = folder('claim-');
      cpSync(data, other, { recursive: true });
      return claimIn(other, bin, shells);
    },
    run(script, { cutAt = 0, input = '' } = {}) {
      writeFileSync(counter, '0');
      const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, COUNTER: counter, CUT_AT: String(cutAt) };
      const text = script.replaceAll('/data', data).replaceAll('/tmp/compared', join(bin, 'compared'));
      const { status, stdout, stderr } = spawnSync(shell, [...options, '-c', text], { env, input });
      return { code: status, output: `${stdout}${stderr}`.trim(), changes: Number(readFileSync(counter, 'utf8')) };
    },
    files: (place = '') => filesBelow(join(data, place), place === '' ? ['.restore'] : []),
    write: (given) => {
      for (const [path, text] of Object.entries(given)) {
        mkdirSync(join(data, path, '..'), { recursive: true });
        writeFileSync(join(data, path), text);
      }
    },
  };
}

function filesBelow(root: string, without: readonly string[]): Files {
  if (!existsSync(root)) return {};
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  const kept = paths.filter((path) => !without.some((place) => path.startsWith(`${place}/`)));
  return Object.fromEntries(kept.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const archives = new Map<Files, Buffer>();

/** Files as a tar archive. */
export function archive(files: Files): Buffer {
  const made = archives.get(files);
  if (made !== undefined) return made;
  const root = folder('archive-');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { stdout } = spawnSync('tar', ['-c', '-C', root, '-f', '-', '.']);
  archives.set(files, stdout);
  return stdout;
}
