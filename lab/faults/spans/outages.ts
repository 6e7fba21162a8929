/** F1 to F3: Jaeger is away for a while. */
import { setTimeout as sleep } from 'node:timers/promises';
import { durable } from '../../../charts/collector/queue';
import type { CollectorConfig } from '../../collector-config';
import { until } from '../../commands';
import type { Answered } from '../../span-load';
import { type Experiment, type Outcome, unmet } from '../experiment';
import { randomOf } from '../random';
import { type PathProps, SPANS_PER_REQUEST, SpanPath } from './path';
import { sumOfOutcomes } from './sums';

/** Spans a second. */
const RATE = 500;
/** Seconds of load before the outage. */
const BEFORE = 3;
/** Longest time from Jaeger's being ready to its first span, in seconds. */
const FIRST_WITHIN = 10;
const DRAINED_WITHIN = 60;

/** Jaeger is killed under load, and started again. @param away seconds without Jaeger */
export const outage = (away: number, props: PathProps = {}): Promise<Outcome> =>
  SpanPath.with(props, async (path) => {
    const load = path.send(RATE, BEFORE + away + 4);
    await sleep(BEFORE * 1000);
    await path.jaeger.end('SIGKILL');
    await sleep(away * 1000);
    const most = await path.queued();
    await path.jaeger.start();
    const ready = Date.now();
    await until(async () => (await path.received()) > 0, 'the first span in Jaeger', 180);
    const first = (Date.now() - ready) / 1000;
    const answered = await load;
    await path.drained();
    const drained = (Date.now() - ready) / 1000;
    const failed = await path.own('otelcol_exporter_send_failed_spans_total');
    return path.outcome(
      answered,
      {
        'send_failed is 0': failed === 0,
        [`the first span reaches Jaeger within ${FIRST_WITHIN} s of its being ready`]: first <= FIRST_WITHIN,
        [`the queue is empty within ${DRAINED_WITHIN} s`]: drained <= DRAINED_WITHIN,
      },
      [
        `away ${away} s`,
        `${(most / 2 ** 20).toFixed(1)} MiB in the queue`,
        `first span after ${first.toFixed(1)} s`,
        `queue empty after ${drained.toFixed(1)} s`,
      ],
    );
  });

/** F1. */
export const backendDown: Experiment = {
  id: 'F1',
  title: 'Jaeger killed, away for 60 s at 500 spans/s',
  passes:
    'all acknowledged spans are in Jaeger, none failed, the first within 10 s of its being ready, queue empty in 60 s, span metrics exact',
  run: async () => {
    const outcome = await outage(60, { flushesAsRendered: true });
    const exact = unmet({ 'the span metrics count each acknowledged span once': outcome.spanMetricsError === 0 });
    return { ...outcome, failures: [...outcome.failures, ...exact] };
  },
};

/** Seconds of the outage in which the Collector is killed, and of load after it. */
const CRASH = { away: 6, after: 4 } as const;
/** Requests that a Collector has under way when it is killed: it sends these again. */
const UNDER_WAY = durable('1Gi').sending_queue.num_consumers;
/** Spans that may be sent twice. */
const MOST_TWICE = UNDER_WAY * SPANS_PER_REQUEST;

/**
 * The Collector is killed at a moment of the outage, or of what follows it, and started again.
 * @param at seconds after the load began
 */
export const crash = (at: number, props: PathProps = {}): Promise<Outcome & { readonly twice: number }> =>
  SpanPath.with(props, async (path) => {
    // The connection was open before.
    const before = await path.send(RATE, 1);
    await path.drained();
    await path.jaeger.end();
    const load = path.send(RATE, CRASH.away + CRASH.after);
    const jaegerIsBack = sleep(CRASH.away * 1000).then(() => path.jaeger.start());
    await sleep(at * 1000);
    await path.end('SIGKILL');
    const killed = Date.now();
    await path.start();
    const gap = (Date.now() - killed) / 1000;
    await jaegerIsBack;
    const answered: readonly Answered[] = [...before, ...(await load)];
    await path.drained();
    const twice = (await path.received()) - (await path.jaeger.spanIds()).length + before.length * SPANS_PER_REQUEST;
    const outcome = await path.outcome(
      answered,
      { [`at most ${MOST_TWICE} spans are sent twice: ${UNDER_WAY} requests`]: twice <= MOST_TWICE },
      [`gap ${gap.toFixed(1)} s`, `sent twice: ${twice}`],
    );
    return { ...outcome, twice };
  });

/** F2. */
export const collectorKilled: Experiment = {
  id: 'F2',
  title: 'Jaeger away, and the Collector killed at a random moment of that or of what follows',
  passes: `all acknowledged spans are in Jaeger, and at most ${MOST_TWICE} are sent twice, in every run`,
  run: async ({ crashes, seed, say }) => {
    const random = randomOf(seed, 'F2');
    const outcomes: Awaited<ReturnType<typeof crash>>[] = [];
    for (let run = 1; run <= crashes; run++) {
      const at = random() * (CRASH.away + CRASH.after);
      const outcome = await crash(at, { flushesAsRendered: run === 1 });
      say(
        `run ${run} of ${crashes}, killed after ${at.toFixed(2)} s: ${outcome.figures.join(', ')}, lost ${outcome.lost}`,
      );
      outcomes.push(outcome);
    }
    const error = outcomes[0]?.spanMetricsError ?? null;
    // The others flush sooner than what is rendered.
    const figure = `at most ${Math.max(...outcomes.map(({ twice }) => twice))} spans sent twice in a run`;
    return { ...sumOfOutcomes(outcomes, [figure]), spanMetricsError: error };
  },
};

/** Retry settings as they are rendered, with what upstream takes where one is missing (configretry.NewDefaultBackOffConfig). */
const RETRY_DEFAULTS = { initial_interval: '5s', max_interval: '30s', max_elapsed_time: '300s' } as const;
/** F3 runs so much faster. */
const SCALE = 20;

const faster = (text: string): string => {
  const [, seconds] = /^(\d+)s$/.exec(text) ?? [];
  if (seconds === undefined) throw new Error(`${text} is not in seconds`);
  return `${(Number(seconds) * 1000) / SCALE}ms`;
};

/** All times of all retries, a twentieth as long. */
export const inFastMotion = (config: CollectorConfig): CollectorConfig => ({
  ...config,
  exporters: Object.fromEntries(
    Object.entries(config.exporters).map(([name, settings]) => {
      const { retry_on_failure: retry } = settings as { retry_on_failure?: Partial<typeof RETRY_DEFAULTS> };
      if (retry === undefined) return [name, settings];
      const times = Object.entries({ ...RETRY_DEFAULTS, ...retry })
        .filter(([key]) => key in RETRY_DEFAULTS)
        .map(([key, value]) => [key, faster(value)]);
      return [name, { ...settings, retry_on_failure: { ...retry, ...Object.fromEntries(times) } }];
    }),
  ),
});

/** F3. */
export const longOutage: Experiment = {
  id: 'F3',
  title: `Jaeger away for longer than retries last by default (300 s), ${SCALE} times as fast`,
  passes: 'all acknowledged spans are in Jaeger: retries never end',
  run: () => outage(320 / SCALE, { patched: inFastMotion }),
};
