import type { Kubectl } from './kubectl';
import { KubectlError } from './kubectl-error';
import { say } from './terminal';

/** One run of one container: after a restart it is another. */
export interface Run {
  readonly key: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly workload: string;
}

/** Reads logs of containers. A log that breaks off, as with a lost API server, is read on from there. */
export class LogReader {
  readonly #read = new Set<string>();
  /** When a log broke off, by its run. */
  readonly #brokeOff = new Map<string, string>();
  /** Where each run is read from. */
  readonly #begin = new Map<string, string>();
  /** Why a log could not be read, as printed. */
  readonly #said = new Map<string, string>();

  /** @param width columns for the workload before each line */
  constructor(
    readonly kubectl: Kubectl,
    readonly width: number,
    readonly signal: AbortSignal,
  ) {}

  /**
   * Follows a run, unless it is followed already.
   * @param from where to begin, as an option of kubectl
   */
  follow(run: Run, from: string): void {
    if (this.#read.has(run.key)) return;
    this.#read.add(run.key);
    const since = this.#brokeOff.get(run.key);
    const begin = since === undefined ? (this.#begin.get(run.key) ?? from) : `--since-time=${since}`;
    this.#begin.set(run.key, begin);
    this.read(run, ['--follow', begin]).then((failure) => {
      if (failure !== null) this.#failed(run, failure);
    });
  }

  /** The next look at the pods begins it anew, where the container is still there. */
  #failed({ key, workload }: Run, { stderr }: KubectlError): void {
    this.#read.delete(key);
    const reason = stderr.trim().split('\n').at(-1) ?? '';
    if (this.#said.get(key) !== reason) this.#print(workload, `(the log cannot be read: ${reason}; trying again)`);
    this.#said.set(key, reason);
  }

  /** Prints the lines of a run. @returns why it could not be read to its end; null where it was */
  async read(
    { key, pod, container, namespace, workload }: Run,
    options: readonly string[],
  ): Promise<KubectlError | null> {
    let count = 0;
    try {
      await this.kubectl.lines(['logs', pod, '-c', container, '-n', namespace, ...options], this.signal, (line) => {
        count += 1;
        this.#said.delete(key);
        this.#print(workload, line);
      });
      return null;
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      if (count > 0) this.#brokeOff.set(key, new Date().toISOString());
      return error;
    }
  }

  #print(workload: string, line: string): void {
    say(`${workload.padEnd(this.width)} | ${line}`);
  }
}
