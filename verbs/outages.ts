/** What is printed of a forward that ends and comes back. */

/** An outage that ends sooner is printed once, when it has ended. In milliseconds. */
const SHORT = 2000;

/** A port prints one line in this time; what happens besides is counted. In milliseconds. */
const QUIET = 60_000;

/** Lifetime after which a forward that ends is begun again at once. In milliseconds. */
const STABLE = 10_000;

const FIRST_DELAY = 250;
const LONGEST_DELAY = 8000;

/**
 * How long to wait before a forward is begun again, in milliseconds: not at all at first, then longer and longer while it keeps
 * ending soon.
 */
export function nextDelay(previous: number | null, lived: number): number {
  if (previous === null || lived >= STABLE) return 0;
  return Math.min(LONGEST_DELAY, Math.max(FIRST_DELAY, previous * 2));
}

/** Why kubectl has ended, from what it has complained of. */
export function reasonOf(complaint: string): string {
  const lines = complaint.trim().split('\n');
  if (/address already in use/i.test(complaint)) return 'another program listens on it';
  const last = (lines.at(-1) ?? '').replace(/^error: /, '');
  // kubectl ends a forward as a whole when one of its connections fails, as one does whose request is refused half way.
  if (/reset by peer|broken pipe/i.test(complaint))
    return `a connection was reset, as by a request that is too large: ${last}`;
  return last === '' ? 'kubectl has ended' : last;
}

interface Outage {
  readonly since: number;
  readonly reason: string;
}

/** Follows one port. Each method gives the line to print, or null. Times are in milliseconds. */
export class Outages {
  #outage: Outage | null = null;
  /** Reasons of this outage that have been printed. */
  #said = new Set<string>();
  #lastLine = Number.NEGATIVE_INFINITY;
  #unprinted = 0;

  constructor(
    readonly port: number,
    readonly service: string,
  ) {}

  /** The port leads nowhere. Called as often as that is found. */
  down(at: number, reason: string): string | null {
    this.#outage ??= { since: at, reason };
    if (at - this.#outage.since < SHORT || this.#said.has(reason)) return null;
    this.#said.add(reason);
    this.#lastLine = at;
    return `${clock(at)}  port ${this.port} does not lead to ${this.service}: ${reason}; trying again`;
  }

  /** The port leads to the Service. */
  up(at: number): string | null {
    const outage = this.#outage;
    if (outage === null) return null;
    const isAnnounced = this.#said.size > 0;
    this.#outage = null;
    this.#said = new Set();
    if (!isAnnounced && at - this.#lastLine < QUIET) {
      this.#unprinted += 1;
      return null;
    }
    const others = this.#unprinted === 0 ? '' : `, and ${this.#unprinted} times since the last line`;
    this.#unprinted = 0;
    this.#lastLine = at;
    const seconds = ((at - outage.since) / 1000).toFixed(1);
    return `${clock(at)}  port ${this.port} leads to ${this.service} again, after ${seconds} s (${outage.reason})${others}`;
  }
}

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);
