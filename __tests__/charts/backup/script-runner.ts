/** Runs the scripts of a scheduled backup by this machine's sh: the claim, the store and rclone are folders and a short program. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DATA } from '../../../charts/backup/collect';

/**
 * rclone on folders, with the commands and options that the scripts use. RCLONE_FAILS is a shell pattern: a command that matches it fails.
 * RCLONE_DAMAGES names a file that it stores with other content.
 */
const RCLONE = `#!/bin/sh
case "$*" in \${RCLONE_FAILS:-nothing}) echo "rclone: $*: refused" >&2; exit 7 ;; esac
command=$1; shift
only= without= dirs= words=
while [ $# -gt 0 ]; do
  case "$1" in
    --include) only=\${2#/}; shift ;;
    --exclude) without=\${2#/}; shift ;;
    --dirs-only) dirs=yes ;;
    -*) ;;
    *) words="$words $1" ;;
  esac
  shift
done
set -- $words
list() { (cd "$1" && find . -type f | cut -c 3- | while read -r file; do
  [ -z "$only" ] || case "$file" in $only) ;; *) continue ;; esac
  [ -z "$without" ] || case "$file" in $without) continue ;; esac
  echo "$file"
done | sort); }
case "$command" in
  copy) list "$1" | while read -r file; do
      mkdir -p "$(dirname "$2/$file")"
      cp "$1/$file" "$2/$file"
      [ "$file" != "\${RCLONE_DAMAGES:-}" ] || echo damaged > "$2/$file"
    done ;;
  check) [ "$(list "$1")" = "$(list "$2")" ] || exit 1
    list "$1" | while read -r file; do cmp "$1/$file" "$2/$file" >&2 || exit 1; done ;;
  lsf) if [ -n "$dirs" ]; then (cd "$1" && find . -mindepth 1 -maxdepth 1 -type d | sed 's,^./,,; s,$,/,'); else list "$1"; fi ;;
  purge) rm -rf "$1" ;;
  *) echo "rclone: $command is unknown" >&2; exit 64 ;;
esac
`;

/** The result of a script. */
export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Where the scripts have the claim: at the root, not a folder of that name below. */
const MOUNT = new RegExp(`(?<![\\w-])${DATA}\\b`, 'g');

type Variables = Readonly<Record<string, string>>;

/** A claim, a store, and the programs that the scripts call. */
export class Machine {
  readonly #root = mkdtempSync(join(tmpdir(), 'backup-scripts-'));
  /** The folder that stands for the claim's mount. */
  readonly claim = join(this.#root, 'claim');
  /** The folder of a program's copies. */
  readonly store = join(this.#root, 'store');

  constructor() {
    for (const folder of [this.claim, this.store]) mkdirSync(folder);
    this.program('rclone', RCLONE);
  }

  /** Puts a program before those of the machine. */
  program(name: string, text: string): void {
    this.write(join('..', 'bin', name), text);
    chmodSync(join(this.#root, 'bin', name), 0o755);
  }

  /** Writes a file on the claim. */
  write(path: string, text: string): void {
    const file = join(this.claim, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  has = (path: string): boolean => existsSync(join(this.claim, path));

  /** What the store has. */
  copies = (): readonly string[] => readdirSync(this.store).sort();

  /** Makes a folder in the store. */
  addCopy(name: string, ...files: readonly string[]): void {
    mkdirSync(join(this.store, name));
    for (const file of files) writeFileSync(join(this.store, name, file), 'old');
  }

  /** Writes a script that another one runs. @returns its path */
  script(name: string, text: string): string {
    this.write(join('..', 'scripts', name), this.#onClaim(text));
    return join(this.#root, 'scripts', name);
  }

  readonly #onClaim = (script: string) => script.replace(MOUNT, this.claim);

  /** Runs a script with the claim where the pod has it. */
  run(script: string, args: readonly string[], variables: Variables = {}): Ran {
    const env = { ...process.env, PATH: `${join(this.#root, 'bin')}:${process.env.PATH}`, ...variables };
    const words = ['-c', `{ ${this.#onClaim(script)}\n} 2>&1`, 'script', ...args];
    try {
      return { code: 0, output: execFileSync('sh', words, { env, encoding: 'utf8' }) };
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return { code: status, output: stdout };
    }
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
