/** Running other programs. */
import { type ChildProcess, execFile, execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Variables added to those of this process. */
export type Variables = Readonly<Record<string, string>>;

/** A program that runs until it is stopped: once it has started, or has not started in time. */
export interface Stop {
  /** A text of its output, which it prints when it has started. */
  readonly started: string;
  /** How long it runs on after that, in seconds. */
  readonly after: number;
  /** How long the start may take, in seconds. */
  readonly within: number;
}

/** How a program is run. */
export interface Options {
  readonly cwd?: string;
  readonly env?: Variables;
  readonly input?: string;
  /** When it gets SIGTERM. @default - it runs until it ends by itself */
  readonly stop?: Stop;
}

/** The result of a program. */
export interface Answer {
  readonly code: number;
  /** Standard output, then standard error. */
  readonly output: string;
  readonly stdout: string;
}

const LARGE = 256 * 1024 * 1024;

/** Runs a program, whether it succeeds or not. @throws Error if it cannot be started */
export function ask(
  program: string,
  args: readonly string[],
  { cwd, env, input = '', stop }: Options = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      { cwd, env: { ...process.env, ...env }, maxBuffer: LARGE },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number' && error.signal == null) reject(error);
        else resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr, stdout });
      },
    );
    // A program may exit without reading its input.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    if (stop !== undefined) stopOnce(child, stop);
  });
}

function stopOnce(child: ChildProcess, { started, after, within }: Stop): void {
  const stopIn = (seconds: number) => setTimeout(() => child.kill('SIGTERM'), seconds * 1000);
  let timer = stopIn(within);
  let printed = '';
  const look = (data: string) => {
    if (printed.includes(started)) return;
    printed += data;
    if (!printed.includes(started)) return;
    clearTimeout(timer);
    timer = stopIn(after);
  };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', look);
  child.once('exit', () => clearTimeout(timer));
}

/** Runs a program that must succeed, and returns its standard output. @throws Error with everything that it printed */
export async function must(program: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { code, output, stdout } = await ask(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${code}:\n${output.slice(-8000)}`);
  return stdout;
}

/** Whether a command is on the path. */
export function has(command: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Waits for a condition. @throws Error after the deadline, with the condition and the last failure */
export async function until(condition: () => unknown, what: string, seconds = 120): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  let failure: unknown;
  for (;;) {
    try {
      failure = undefined;
      if (await condition()) return;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `waited ${seconds} s for ${what}${failure === undefined ? '' : `: ${(failure as Error).message}`}`,
      );
    }
    await sleep(100);
  }
}

/** Seconds since a moment, as text: 12.3 s. */
export const since = (start: number): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;
