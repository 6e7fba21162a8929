/** Messages about a port forward that fails and recovers. */

/** A shorter outage is reported once, when it is over. In milliseconds. */
const SHORT = 2000;

/** At most one short outage of a port is reported in this time; more are counted. In milliseconds. */
const QUIET = 60_000;

/** A forward that ran longer than this is restarted at once. In milliseconds. */
const STABLE = 10_000;

const FIRST_DELAY = 250;
const MAX_DELAY = 8000;

/**
 * Delay before a forward is restarted, in milliseconds: none at first, then doubled each time while it keeps failing soon.
 */
export function nextDelay(previous: number | null, lived: number): number {
  if (previous === null || lived >= STABLE) return 0;
  return Math.min(MAX_DELAY, Math.max(FIRST_DELAY, previous * 2));
}

/** Why kubectl exited, from its standard error. */
export function exitReason(errors: string): string {
  const lines = errors.trim().split('\n');
  if (/address already in use/i.test(errors)) return 'the port is in use by another program';
  const last = (lines.at(-1) ?? '').replace(/^error: /, '');
  // kubectl ends the whole forward when one of its connections fails, for example if the server rejects a request half way.
  if (/reset by peer|broken pipe/i.test(errors))
    return `a connection was reset, for example by a request that is too large: ${last}`;
  return last === '' ? 'kubectl exited' : last;
}

interface Outage {
  readonly since: number;
  readonly reason: string;
}

/** Tracks one port. Each method returns the line to print, or null. Times are in milliseconds. */
export class Outages {
  #outage: Outage | null = null;
  /** Reasons of this outage that have been printed. */
  #printed = new Set<string>();
  #lastLine = Number.NEGATIVE_INFINITY;
  #unreported = 0;

  constructor(
    readonly port: number,
    readonly service: string,
  ) {}

  /** The forward is down. May be called repeatedly. */
  down(at: number, reason: string): string | null {
    this.#outage ??= { since: at, reason };
    if (at - this.#outage.since < SHORT || this.#printed.has(reason)) return null;
    this.#printed.add(reason);
    this.#lastLine = at;
    return `${clock(at)}  port ${this.port} is not forwarded to ${this.service}: ${reason}; retrying`;
  }

  /** The forward is up. */
  up(at: number): string | null {
    const outage = this.#outage;
    if (outage === null) return null;
    const isReported = this.#printed.size > 0;
    this.#outage = null;
    this.#printed = new Set();
    if (!isReported && at - this.#lastLine < QUIET) {
      this.#unreported += 1;
      return null;
    }
    const others = this.#unreported === 0 ? '' : `, and ${this.#unreported} times since the last message`;
    this.#unreported = 0;
    this.#lastLine = at;
    const seconds = ((at - outage.since) / 1000).toFixed(1);
    return `${clock(at)}  port ${this.port} is forwarded to ${this.service} again, after ${seconds} s (${outage.reason})${others}`;
  }
}

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);
