import type { Kubectl } from '../kubectl';
import { KubectlError } from '../kubectl-error';
import type { Refused } from './survey';

/** What is read, and what cannot be checked without it. */
export interface Wanted {
  /** The resources, as kubectl takes them. */
  readonly resource: string;
  /** null: cluster-scoped, or all namespaces. */
  readonly namespace: string | null;
  readonly unchecked: string;
}

/** Reads objects, and remembers what it was not permitted to read. */
export class Reader {
  readonly #refused: Refused[] = [];

  constructor(readonly kubectl: Kubectl) {}

  /** What could not be read. */
  get refused(): readonly Refused[] {
    return this.#refused;
  }

  /** Notes that something cannot be checked. */
  refuse(refused: Refused): void {
    this.#refused.push(refused);
  }

  /** Objects; null if the permission is missing. @throws KubectlError if the request fails for another reason */
  async list<T>(wanted: Wanted, ...options: readonly string[]): Promise<readonly T[] | null> {
    const place = wanted.namespace === null ? [] : ['-n', wanted.namespace];
    return this.#allowed(wanted, () => this.kubectl.list<T>(wanted.resource, ...place, ...options));
  }

  /** The output of a command; null if the permission is missing. @throws KubectlError if it fails for another reason */
  text(wanted: Wanted, args: readonly string[]): Promise<string | null> {
    return this.#allowed(wanted, () => this.kubectl.text([...args, '--request-timeout=10s']));
  }

  /** The output of a command that may fail, as that of a container without a log; then it is empty. @throws KubectlError if the API server is away */
  async attempt(wanted: Wanted, args: readonly string[]): Promise<string> {
    try {
      return (await this.text(wanted, args)) ?? '';
    } catch (error) {
      if (!(error instanceof KubectlError) || error.isUnreachable) throw error;
      return '';
    }
  }

  async #allowed<T>(wanted: Wanted, read: () => Promise<T>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof KubectlError && error.isForbidden)) throw error;
      this.refuse(wanted);
      return null;
    }
  }
}
