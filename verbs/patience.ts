import { KubectlError } from './kubectl-error';
import { pause } from './terminal';

/** How long the API server may be unreachable while a command waits, in seconds. */
const UNREACHABLE_SECONDS = 30;

/** Reads again and again while a command waits. An API server that is away for a moment, for example while it restarts, ends nothing. */
export class Patience {
  #lastAnswer = Date.now();

  /**
   * Reads once.
   * @returns null while the API server is unreachable
   * @throws KubectlError if it stays so, or if a request fails for another reason
   */
  async read<T>(read: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await read();
      this.#lastAnswer = Date.now();
      return answer;
    } catch (error) {
      const unreachable = (Date.now() - this.#lastAnswer) / 1000;
      if (!(error instanceof KubectlError && error.isUnreachable) || unreachable > UNREACHABLE_SECONDS) throw error;
      return null;
    }
  }

  /**
   * Reads until there is an answer.
   * @throws KubectlError as `read`
   * @throws the signal's reason if the signal is aborted
   */
  async untilRead<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      const answer = await this.read(read);
      if (answer !== null) return answer;
      await pause(1, signal);
    }
  }
}
