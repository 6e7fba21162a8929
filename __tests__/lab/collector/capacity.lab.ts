/** The queue that a load computes, in the real Collector: it holds the whole outage, and what it cannot hold is refused. */
import { freePort } from '../../../lab/free-port';
import { sendSpans } from '../../../lab/span-load';
import { configFrom } from '../../support';
import { type RunningCollector, startCollector } from '../programs/collector';

const RATE = 300;
const OUTAGE_SECONDS = 300;
const SPAN_BYTES = 1000;
const SPANS = RATE * OUTAGE_SECONDS;
const LOAD = `capacity: {spansPerSecond: ${RATE}, spanBytes: ${SPAN_BYTES}, series: 1000, bridgeOutage: ${OUTAGE_SECONDS}s}\njaeger: {ttl: 1h}`;

let collector: RunningCollector;
beforeAll(async () => {
  // Nothing listens there.
  collector = await startCollector(LOAD, `127.0.0.1:${await freePort()}`);
});
afterAll(() => collector?.stop());

/** Requests of an SDK that is not busy: fewer spans in each than a bench would send. */
const send = (total: number, seed: number) =>
  sendSpans({
    endpoint: collector.endpoint,
    ...{ spansPerRequest: 50, spansPerSecond: 100_000, total, seed },
    ...{ spanBytes: SPAN_BYTES, attributeBytes: 256 },
  });

const queue = async (what: 'size' | 'capacity'): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${collector.selfMetrics}/metrics`)).text();
  const pattern = new RegExp(`^otelcol_exporter_queue_${what}\\{.*exporter="otlp_http/jaeger".*\\} (\\S+)$`, 'm');
  return Number(pattern.exec(text)?.[1]);
};

test('all spans of the outage are accepted while Jaeger is away', async () => {
  expect(await send(SPANS, 1)).toMatchObject({ sent: SPANS, accepted: SPANS, refused: {} });
  // It was not by luck: the queue is between full and the margin below it.
  const part = (await queue('size')) / (await queue('capacity'));
  expect(part).toBeGreaterThan(0.7);
  expect(part).toBeLessThan(0.9);
});

test('spans beyond it are refused so that a sender tries again, and the queue is full', async () => {
  const { accepted, refused } = await send(SPANS, 2);
  expect(Object.keys(refused)).toEqual(['503']);
  expect(accepted + (refused['503'] ?? 0)).toBe(SPANS);
  const size = await queue('size');
  expect(size).toBeLessThanOrEqual(await queue('capacity'));
  expect(size).toBeGreaterThan((await queue('capacity')) * 0.99);
});

test('the rendered queue is the one that was filled', async () => {
  const { collector: settings } = configFrom(LOAD);
  expect(`${(await queue('capacity')) / 2 ** 20}Mi`).toBe(settings.queue.size);
});
