/** What the span metrics count, as Prometheus has it after restarts of the Collector. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SPAN_METRICS } from '../../../metrics/span-metrics';
import type { Collector } from '../../collector';
import { sumOf } from '../../series';

/** How often they are read: sooner than any Prometheus scrapes, so that what is missing was never served. */
const EVERY = 500;

/** Adds up the calls over all lives of a Collector. */
export class SpanMetrics {
  readonly #collector: Pick<Collector, 'series'>;
  readonly #whole: number;
  #before = 0;
  #now = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param flushSeconds `metrics_flush_interval` */
  constructor(collector: Pick<Collector, 'series'>, flushSeconds: number) {
    this.#collector = collector;
    // A counter is whole with the second flush.
    this.#whole = (2 * flushSeconds + 1) * 1000;
  }

  /** The Collector has started: its counters are 0. */
  begin(): void {
    this.#before += this.#now;
    this.#now = 0;
    this.#timer = setInterval(() => this.#read().catch(() => undefined), EVERY);
    this.#timer.unref();
  }

  /** The Collector is about to end: what it served last is what counts. */
  end(): void {
    clearInterval(this.#timer);
  }

  /** All calls, once they are as many as expected, or when no more can come. */
  async calls(expected: number): Promise<number> {
    const deadline = Date.now() + this.#whole;
    while (Date.now() < deadline) {
      await this.#read();
      if (this.#before + this.#now >= expected) break;
      await sleep(EVERY);
    }
    this.end();
    return this.#before + this.#now;
  }

  async #read(): Promise<void> {
    this.#now = sumOf(await this.#collector.series(), SPAN_METRICS.calls);
  }
}
