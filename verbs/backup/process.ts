/**
 * Commands that run for long: they end with the signal, and their output goes somewhere else than into a string. Each has a process group
 * of its own, because Ctrl-C of a terminal reaches all of ours: what puts data back must not end with it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';

/** The operator has pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** @throws Interrupted if the signal is aborted */
export function checkSignal(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted('interrupted');
}

/** A signal that is never aborted, for what must come to its end. */
export const NEVER: AbortSignal = new AbortController().signal;

/** Where a command's input comes from and its output goes to. */
export interface Streams {
  /** @default - no input */
  readonly input?: Readable | string;
  /** @default - it is returned */
  readonly output?: Writable;
  /** What ends it instead of the signal of all its commands. @default - that signal */
  readonly signal?: AbortSignal;
}

const OWN_GROUP = { detached: true, stdio: 'pipe' } as const;

/**
 * Runs a kubectl command that must succeed, and ends it with the signal.
 * @returns its output, unless that goes elsewhere
 * @throws Interrupted if the signal is aborted
 * @throws KubectlError with the end of its standard error
 */
export async function runKubectl(
  kubectl: Kubectl,
  args: readonly string[],
  signal: AbortSignal,
  streams: Streams = {},
): Promise<string> {
  const child = spawn('kubectl', kubectl.commandLine(args), {
    env: kubectl.environment,
    ...OWN_GROUP,
  });
  const { code, errors, output } = await finished(child, signal, streams);
  if (code !== 0) throw new KubectlError(args, errors === '' ? output : errors);
  return output;
}

/**
 * Runs a program of this machine that must succeed, and ends it with the signal.
 * @throws Interrupted if the signal is aborted
 * @throws Error with the end of its standard error
 */
export async function runLocal(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  streams: Streams = {},
): Promise<string> {
  const { code, errors, output } = await finished(spawn(program, args, OWN_GROUP), signal, streams);
  if (code !== 0) throw new Error(`${program} ${args[0]}: ${errors.trim()}`);
  return output;
}

/** Characters of standard error that are kept. */
const MAX_ERRORS = 8192;

async function finished(child: ChildProcess, signal: AbortSignal, { input, output }: Streams) {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('the process has no pipes');
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let errors = '';
  stderr.on('data', (data: Buffer) => {
    errors = (errors + data.toString()).slice(-MAX_ERRORS);
  });
  const parts: Buffer[] = [];
  if (output === undefined) stdout.on('data', (data: Buffer) => parts.push(data));
  // A program that ends early closes its input. Its exit code and its standard error say why.
  const quietly = (flow: Promise<void>) => flow.catch(() => undefined);
  const flows = [output === undefined ? Promise.resolve() : quietly(pipeline(stdout, output))];
  if (input === undefined || typeof input === 'string') {
    stdin.on('error', () => undefined);
    stdin.end(input ?? '');
  } else flows.push(quietly(pipeline(input, stdin)));
  try {
    const [code] = await Promise.all([closed, ...flows]);
    checkSignal(signal);
    return { code, errors, output: Buffer.concat(parts).toString('utf8') };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
