import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Commands } from './commands';
import { KubectlError, NO_KUBECTL } from './kubectl-error';

/** What a command has said. */
export interface Answer {
  /** Exit code; null where it was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Which cluster a kubectl reaches. */
export interface Aim {
  /** Name of the context; null: the current one. */
  readonly context: string | null;
  /** The kubeconfig file; null: those that kubectl finds by itself. */
  readonly kubeconfig: string | null;
}

/**
 * A kuberc file may give defaults to flags (kubectl 1.33 and newer): another server, or a question before a deletion, which
 * without a terminal deletes nothing and still ends with 0.
 */
const WITHOUT_KUBERC = { KUBERC: 'off', KUBECTL_KUBERC: 'false' };

/** kubectl with one cluster. Every command has a time limit of its own, so that no verb hangs on a lost API server. */
export class Kubectl {
  readonly #prefix: readonly string[];
  /** The environment of each kubectl, and of the processes that start one for us. */
  readonly environment: NodeJS.ProcessEnv;

  /** @param commands how a person reaches the same cluster */
  constructor(
    { context, kubeconfig }: Aim,
    readonly commands: Commands,
  ) {
    this.#prefix = context === null ? [] : ['--context', context];
    const files = kubeconfig === null ? {} : { KUBECONFIG: kubeconfig };
    this.environment = { ...process.env, ...WITHOUT_KUBERC, ...files };
  }

  /** Runs a command, whatever it answers. */
  async run(args: readonly string[], input?: string): Promise<Answer> {
    const child = spawn('kubectl', [...this.#prefix, ...args], {
      env: this.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), endOf(child)]);
    return { code, stdout, stderr };
  }

  /**
   * Runs a command that must succeed.
   * @throws KubectlError with what it has said
   */
  async text(args: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, input);
    if (code !== 0) throw new KubectlError(args, stderr === '' ? stdout : stderr);
    return stdout;
  }

  /**
   * Runs a command that the API server may refuse for want of rights. Any other failure is no answer.
   * @returns what it has said; null where it is forbidden
   * @throws KubectlError where it failed otherwise
   */
  async allowed(args: readonly string[], input?: string): Promise<string | null> {
    try {
      return await this.text(args, input);
    } catch (error) {
      if (error instanceof KubectlError && error.isForbidden) return null;
      throw error;
    }
  }

  /** Runs a command that must succeed, and reads its answer as JSON. */
  async json<T>(args: readonly string[], input?: string): Promise<T> {
    return JSON.parse(await this.text([...args, '-o', 'json', `--request-timeout=${REQUEST_SECONDS}s`], input)) as T;
  }

  /** The objects of some kinds; none where the namespace is absent. */
  async list<T>(kinds: string, ...args: readonly string[]): Promise<readonly T[]> {
    return (await this.json<{ items: readonly T[] }>(['get', kinds, ...args])).items;
  }

  /**
   * Runs a command that may go on, as `logs --follow`, until it ends or the signal is given.
   * @param onLine called with each line of its output
   * @throws KubectlError where it has failed
   */
  async lines(args: readonly string[], signal: AbortSignal, onLine: (line: string) => void): Promise<void> {
    const child = spawn('kubectl', [...this.#prefix, ...args], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => child.kill();
    signal.addEventListener('abort', stop, { once: true });
    createInterface({ input: child.stdout }).on('line', onLine);
    const [stderr, code] = await Promise.all([textOf(child.stderr), endOf(child)]);
    signal.removeEventListener('abort', stop);
    if (code !== 0 && !signal.aborted) throw new KubectlError(args, stderr);
  }

  /** The arguments that a child process of ours calls kubectl with. */
  commandLine(args: readonly string[]): string[] {
    return [...this.#prefix, ...args];
  }
}

/** How long one request may take. */
const REQUEST_SECONDS = 10;

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Resolves with the exit code. Where there is no kubectl at all, rejects with what to do. */
const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new KubectlError([], NO_KUBECTL) : error),
    );
    child.once('close', (code) => resolve(code));
  });
