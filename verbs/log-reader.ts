import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { lastLine } from './reason';
import { say } from './terminal';

/** One run of one container; a restart starts a new run. */
export interface ContainerRun {
  readonly key: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly workload: string;
}

/** Reads logs of containers. After an interruption, for example of the API server, a log continues where it stopped. */
export class LogReader {
  /** Runs that are being read. */
  readonly #following = new Set<string>();
  /** When a log was interrupted, by its run. */
  readonly #interrupted = new Map<string, string>();
  /** The option with which each run was read first. */
  readonly #start = new Map<string, string>();
  /** The last error that was printed, by its run. */
  readonly #printed = new Map<string, string>();

  /** @param width columns for the workload's name at the start of each line */
  constructor(
    readonly kubectl: Kubectl,
    readonly width: number,
    readonly signal: AbortSignal,
  ) {}

  /**
   * Follows a run, unless it is already followed.
   * @param from where to start, as an option of kubectl
   */
  follow(run: ContainerRun, from: string): void {
    if (this.#following.has(run.key)) return;
    this.#following.add(run.key);
    const since = this.#interrupted.get(run.key);
    const start = since === undefined ? (this.#start.get(run.key) ?? from) : `--since-time=${since}`;
    this.#start.set(run.key, start);
    this.read(run, ['--follow', start]).then((failure) => {
      if (failure !== null) this.#failed(run, failure);
    });
  }

  /** The next poll starts it again, if the container still exists. */
  #failed({ key, workload }: ContainerRun, { stderr }: KubectlError): void {
    this.#following.delete(key);
    const reason = lastLine(stderr);
    if (this.#printed.get(key) !== reason) this.#print(workload, `(the log cannot be read: ${reason}; retrying)`);
    this.#printed.set(key, reason);
  }

  /** Prints the lines of a run. @returns why it could not be read to its end; null if it was */
  async read(
    { key, pod, container, namespace, workload }: ContainerRun,
    options: readonly string[],
  ): Promise<KubectlError | null> {
    let count = 0;
    try {
      await this.kubectl.lines(['logs', pod, '-c', container, '-n', namespace, ...options], this.signal, (line) => {
        count += 1;
        this.#printed.delete(key);
        this.#print(workload, line);
      });
      return null;
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      if (count > 0) this.#interrupted.set(key, new Date().toISOString());
      return error;
    }
  }

  #print(workload: string, line: string): void {
    say(`${workload.padEnd(this.width)} | ${line}`);
  }
}
