/** A budget of series that holds in the real Collector. */
import { SAMPLES_PER_SERIES } from '../../../metrics/span-metrics';
import { becomes, type RunningCollector, startCollector, total } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { sendSpans, type TestSpan } from '../programs/otlp';

const LIMIT = 1000;
const CALLS = 'traces_span_metrics_calls_total';
const DURATIONS = 'traces_span_metrics_duration_seconds_count';

let jaeger: RunningJaeger;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startJaeger();
  collector = await startCollector(`collector: {spanMetrics: {cardinalityLimit: ${LIMIT}}}`, jaeger.address);
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

describe('span metrics under a flood of names', () => {
  const FLOOD = 20_000;
  const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
  /** Words, which no pattern takes for an identifier. */
  const word = (index: number): string =>
    (index < LETTERS.length ? '' : word(Math.floor(index / LETTERS.length))) + LETTERS[index % LETTERS.length];
  /** What each pod sends. */
  const PODS: Readonly<Record<string, (index: number) => TestSpan>> = {
    names: (index) => ({ name: `do ${word(index)}`, kind: 'internal' }),
    routes: (index) => ({ name: 'GET', kind: 'server', attributes: { 'http.route': `/${word(index)}` } }),
    ids: (index) => ({ name: `GET /files/${index + 100_000}`, kind: 'client' }),
  };

  test('accept every span', async () => {
    for (const [instance, span] of Object.entries(PODS)) {
      const resource = { 'service.name': 'flood', 'service.instance.id': instance };
      for (let index = 0; index < FLOOD; index += 1000) {
        const spans = Array.from({ length: 1000 }, (_, offset) => span(index + offset));
        await sendSpans(collector.endpoint, spans, resource);
      }
    }
  });

  const counted = async (instance: string) => {
    await becomes(collector, CALLS, { instance }, FLOOD);
    await becomes(collector, DURATIONS, { instance }, FLOOD);
    const overflow = await total(collector, CALLS, { instance, otel_metric_overflow: 'true' });
    return { calls: await total(collector, CALLS, { instance }), overflow };
  };

  test.each(['names', 'routes'])(
    'of %s is counted to the last span, in as many series as the limit and one for what is beyond it',
    async (instance) => {
      expect(await counted(instance)).toEqual({
        calls: { sum: FLOOD, count: LIMIT + 1 },
        overflow: { sum: FLOOD - LIMIT, count: 1 },
      });
    },
  );

  test('are as many samples in a scrape as the sample limit is computed from', async () => {
    const samples = [...(await collector.series()).keys()].filter(
      (id) => id.startsWith('traces_span_metrics_') && id.includes('instance="routes"'),
    );
    expect(samples.length).toBe((LIMIT + 1) * SAMPLES_PER_SERIES);
  });

  test('have one series for names that differ by identifiers only', async () => {
    expect(await counted('ids')).toEqual({ calls: { sum: FLOOD, count: 1 }, overflow: { sum: 0, count: 0 } });
  });
});
