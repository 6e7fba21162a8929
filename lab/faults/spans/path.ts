/** The path of a span on loopback: the rendered Collector, and the rendered Jaeger behind it. */
import { type Collector, type CollectorProps, collectorOf } from '../../collector';
import type { CollectorConfig } from '../../collector-config';
import { until } from '../../commands';
import { type Jaeger, jaegerOf } from '../../jaeger';
import { sumOf } from '../../series';
import { type Answered, sendSpansWithIds } from '../../span-load';
import { type Outcome, unmet } from '../experiment';
import { countsOf } from '../ids';
import { SpanMetrics } from './span-metrics';

/** What a path is made from. */
export type PathProps = Partial<Pick<CollectorProps, 'environment' | 'patched' | 'env' | 'wrapper' | 'claim'>> & {
  /** Stands between the two. @param address of Jaeger @returns the address for the Collector. @default - nothing */
  readonly between?: (address: string) => Promise<string>;
  /** Whether the span metrics are flushed as often as rendered: where a crash loses some. @default false - each second, to save time */
  readonly flushesAsRendered?: boolean;
};

const RENDERED_FLUSH = 15;
const SOON = 1;

/** The span metrics are flushed each second. */
const flushingSoon = (config: CollectorConfig): CollectorConfig => {
  const { span_metrics, ...others } = config.connectors ?? {};
  return {
    ...config,
    connectors: { ...others, span_metrics: { ...span_metrics, metrics_flush_interval: `${SOON}s` } },
  };
};

/** Spans of each request that `send` makes. */
export const SPANS_PER_REQUEST = 50;

/** Both programs, until `stop`. */
export class SpanPath {
  readonly metrics: SpanMetrics;
  #seed = 0;

  private constructor(
    readonly collector: Collector,
    readonly jaeger: Jaeger,
    flushSeconds: number,
  ) {
    this.metrics = new SpanMetrics(collector, flushSeconds);
  }

  /** Makes one and starts it, does something with it, and stops it. */
  static async with<Result>(props: PathProps, does: (path: SpanPath) => Promise<Result>): Promise<Result> {
    const jaeger = await jaegerOf();
    const {
      between = async (address: string) => address,
      environment = '',
      flushesAsRendered = false,
      ...others
    } = props;
    const { patched = (config) => config } = others;
    const config = flushesAsRendered ? patched : (rendered: CollectorConfig) => flushingSoon(patched(rendered));
    const address = await between(jaeger.address);
    const collector = await collectorOf({ ...others, environment, jaeger: address, patched: config });
    const path = new SpanPath(collector, jaeger, flushesAsRendered ? RENDERED_FLUSH : SOON);
    try {
      await jaeger.start();
      await path.start();
      return await does(path);
    } finally {
      await collector.stop();
      await jaeger.stop();
    }
  }

  /** Starts the Collector, again or for the first time. */
  async start(): Promise<void> {
    await this.collector.start();
    this.metrics.begin();
  }

  /** Ends the Collector. @returns seconds until it was gone */
  async end(signal: NodeJS.Signals): Promise<number> {
    this.metrics.end();
    const start = Date.now();
    await this.collector.end(signal);
    return (Date.now() - start) / 1000;
  }

  /**
   * Sends spans at a steady rate, each request once. Ids differ from those of all sent before.
   * @param spanBytes size of a span, encoded. @default - that of a usual one, 0.7 kB
   * @param connections requests at once
   */
  send(spansPerSecond: number, seconds: number, spanBytes = 0, connections = 4): Promise<readonly Answered[]> {
    const seed = ++this.#seed;
    const load = {
      ...{
        endpoint: this.collector.endpoint,
        spansPerRequest: SPANS_PER_REQUEST,
        spansPerSecond,
        seed,
        spanBytes,
        connections,
      },
      total: Math.ceil(spansPerSecond * seconds),
    };
    const sent = sendSpansWithIds(load, this.collector.running.path(`journal-${seed}`));
    // It is awaited later, and may fail before.
    sent.catch(() => undefined);
    return sent.then(({ answered }) => answered);
  }

  /** A sum of the Collector's own metrics: of series by a selector, or 0. */
  async own(selector: string): Promise<number> {
    return sumOf(await this.collector.self(), selector);
  }

  /** Bytes in the queue before Jaeger. */
  queued(): Promise<number> {
    return this.own('otelcol_exporter_queue_size{data_type="traces"}');
  }

  /** Spans that Jaeger has received since it started. */
  async received(): Promise<number> {
    return sumOf(await this.jaeger.self(), 'otelcol_receiver_accepted_spans_total');
  }

  /** Waits until the queue is empty and nothing is under way. @returns seconds that this took */
  async drained(seconds = 120): Promise<number> {
    const start = Date.now();
    const empty = async () =>
      (await this.queued()) === 0 && (await this.own('otelcol_exporter_in_flight_requests')) === 0;
    await until(empty, 'the queue to be empty', seconds);
    return (Date.now() - start) / 1000;
  }

  /** Reads back what is stored, and judges it. @param criteria besides that nothing acknowledged is lost */
  async outcome(
    answered: readonly Answered[],
    criteria: Readonly<Record<string, boolean>>,
    figures: readonly string[],
  ): Promise<Outcome> {
    const acked = answered.filter(({ refusedBy }) => refusedBy === null).flatMap(({ ids }) => ids);
    const calls = await this.metrics.calls(acked.length);
    const found = await this.jaeger.spanIds();
    const counts = countsOf({ offered: answered.flatMap(({ ids }) => ids), acked, found });
    const all = { 'something is acknowledged': counts.acked > 0, 'nothing acknowledged is lost': counts.lost === 0 };
    return { ...counts, spanMetricsError: calls - acked.length, failures: unmet({ ...all, ...criteria }), figures };
  }
}
