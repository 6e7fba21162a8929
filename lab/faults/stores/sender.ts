/** Sends requests side by side, and keeps account of each id: offered, acknowledged, refused. */
import { setTimeout as sleep } from 'node:timers/promises';

/** An export request, and the ids of what is in it. */
export interface ExportRequest {
  readonly ids: readonly string[];
  /** OTLP in JSON. */
  readonly body: string;
}

/** Requests at the same time. */
const PARALLEL = 4;

/** A sender that never sends a request again, so that what was offered is exactly what a receiver has seen at most once. */
export class Sender {
  readonly offered: string[] = [];
  readonly acked: string[] = [];
  /** When each acknowledged id was acknowledged, in milliseconds since 1970. */
  readonly ackedAt = new Map<string, number>();
  /** Requests that were not acknowledged, by the cause: a status, or `no answer`. */
  readonly refusals = new Map<string, number>();
  /** Milliseconds that each acknowledged request took. */
  readonly times: number[] = [];
  #sending = false;
  #workers: readonly Promise<void>[] = [];

  /**
   * @param next makes a request; it is called once for each
   * @param pause milliseconds after each request of one worker. @default 20
   */
  constructor(
    private readonly next: () => ExportRequest,
    private readonly pause = 20,
  ) {}

  /** Begins to send. @param urls of receivers, which take turns */
  start(...urls: readonly string[]): void {
    this.#sending = true;
    this.#workers = Array.from({ length: PARALLEL }, () => this.#work(urls));
  }

  /** Stops, and waits for the last answers. */
  async stop(): Promise<void> {
    this.#sending = false;
    await Promise.all(this.#workers);
  }

  /** Sends one request. @returns whether it was acknowledged */
  async send(url: string, { ids, body }: ExportRequest = this.next()): Promise<boolean> {
    this.offered.push(...ids);
    const start = Date.now();
    const cause = await causeOf(url, body);
    if (cause !== null) {
      this.refusals.set(cause, (this.refusals.get(cause) ?? 0) + 1);
      return false;
    }
    this.times.push(Date.now() - start);
    this.acked.push(...ids);
    for (const id of ids) this.ackedAt.set(id, Date.now());
    return true;
  }

  async #work(urls: readonly string[]): Promise<void> {
    for (let turn = 0; this.#sending; turn++) {
      const acknowledged = await this.send(urls[turn % urls.length] ?? '');
      // A receiver that is gone refuses at once: without a pause, millions would be offered to nothing.
      await sleep(acknowledged ? this.pause : 100);
    }
  }
}

/** Why a request was not acknowledged; null: it was. */
async function causeOf(url: string, body: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await answer.text();
    if (!answer.ok) return `${answer.status}`;
    return text.includes('rejected') ? 'rejected in part' : null;
  } catch {
    return 'no answer';
  }
}
