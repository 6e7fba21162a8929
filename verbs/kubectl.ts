import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Commands } from './commands';
import { KubectlError, NO_KUBECTL } from './kubectl-error';
import { mustEnd } from './terminal';

/** The result of a command. */
export interface Answer {
  /** Exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Which cluster a kubectl reaches. */
export interface Aim {
  /** Name of the context; null: the current one. */
  readonly context: string | null;
  /** The kubeconfig file; null: kubectl's defaults. */
  readonly kubeconfig: string | null;
}

/**
 * A kuberc file may set default flags (kubectl 1.33 and newer): another server, or a prompt before a deletion, which
 * without a terminal deletes nothing and still exits with 0.
 */
const WITHOUT_KUBERC = { KUBERC: 'off', KUBECTL_KUBERC: 'false' };

/** kubectl for one cluster. Requests have a timeout, so that no command hangs if the API server is gone. */
export class Kubectl {
  readonly #prefix: readonly string[];
  /** The environment of each kubectl, and of the guard processes that start one. */
  readonly environment: NodeJS.ProcessEnv;

  /** @param commands commands for the user that reach the same cluster */
  constructor(
    { context, kubeconfig }: Aim,
    readonly commands: Commands,
  ) {
    this.#prefix = context === null ? [] : ['--context', context];
    const files = kubeconfig === null ? {} : { KUBECONFIG: kubeconfig };
    this.environment = { ...process.env, ...WITHOUT_KUBERC, ...files };
  }

  /** Runs a command, whether it succeeds or not. */
  async run(args: readonly string[], input?: string): Promise<Answer> {
    const child = spawn('kubectl', [...this.#prefix, ...args], {
      env: this.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      // Ctrl-C of a terminal reaches all processes of a group.
      detached: mustEnd() !== null,
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
    return { code, stdout, stderr };
  }

  /**
   * Runs a command that must succeed.
   * @throws KubectlError with its output
   */
  async text(args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, input);
    if (code !== 0) throw new KubectlError(args, stderr === '' ? stdout : stderr);
    return stdout;
  }

  /**
   * Runs a command for which the permission may be missing.
   * @returns its output; null if it is forbidden
   * @throws KubectlError if it failed for another reason
   */
  async allowed(args: readonly string[], input?: string): Promise<string | null> {
    try {
      return await this.text(args, input);
    } catch (error) {
      if (error instanceof KubectlError && error.isForbidden) return null;
      throw error;
    }
  }

  /** Runs a command that must succeed, and parses its output as JSON. */
  async json<T>(args: readonly string[], input?: string): Promise<T> {
    return JSON.parse(await this.text([...args, '-o', 'json', `--request-timeout=${REQUEST_SECONDS}s`], input)) as T;
  }

  /** The objects of some kinds; none if the namespace does not exist. */
  async list<T>(kinds: string, ...args: readonly string[]): Promise<readonly T[]> {
    return (await this.json<{ items: readonly T[] }>(['get', kinds, ...args])).items;
  }

  /**
   * Runs a command that may run for long, such as `logs --follow`, until it exits or the signal is aborted.
   * @param onLine called with each line of its output
   * @throws KubectlError if it failed
   */
  async lines(args: readonly string[], signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
    if (signal.aborted) return;
    const child = spawn('kubectl', [...this.#prefix, ...args], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => child.kill();
    signal.addEventListener('abort', stop, { once: true });
    createInterface({ input: child.stdout }).on('line', onLine);
    const [stderr, code] = await Promise.all([textOf(child.stderr), exitOf(child)]);
    signal.removeEventListener('abort', stop);
    if (code !== 0 && !signal.aborted) throw new KubectlError(args, stderr);
  }

  /** The arguments with which a guard process calls kubectl. */
  commandLine(args: readonly string[]): string[] {
    return [...this.#prefix, ...args];
  }
}

/** Timeout of one request, in seconds. */
const REQUEST_SECONDS = 10;

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Resolves with the exit code. Rejects with a fix if kubectl is not installed. */
const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new KubectlError([], NO_KUBECTL) : error),
    );
    child.once('close', (code) => resolve(code));
  });
