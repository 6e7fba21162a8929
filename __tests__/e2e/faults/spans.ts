import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../cluster/cluster';
import { note } from '../stack';
import {
  arrived,
  back,
  gone,
  inFaults,
  kill,
  type Load,
  ofCollector,
  received,
  scale,
  startLoad,
  stored,
} from './place';

const COLLECTOR = 'opentelemetry-collector';
/** Seconds without Jaeger. */
const AWAY = 20;

/** What was acknowledged is stored, whatever is killed on the way. */
async function expectStored(name: string, load: Load, figures: object = {}): Promise<void> {
  const found = await stored(load);
  note(name, { offered: load.ended, acknowledged: load.acknowledged.length, stored: found, ...figures });
  expect(load.acknowledged.length).toBeGreaterThan(0);
  expect(found).toBe(load.acknowledged.length);
}

/** F1. */
export function jaegerKilled(): void {
  test(`Jaeger's pod is killed and away for ${AWAY} s: nothing is lost, and spans reach the next one within 10 s`, async () => {
    const load = startLoad('f1', { RATE: '50', SECONDS: '60' });
    await arrived('f1');
    kill('jaeger');
    scale('jaeger', 0);
    await gone('jaeger');
    await sleep(AWAY * 1000);
    scale('jaeger', 1);
    await back('jaeger');
    const ready = Date.now();
    await until(async () => (await received()) > 0, 'a span in the new Jaeger');
    const seconds = (Date.now() - ready) / 1000;
    await expectStored('F1: Jaeger killed', await load, { firstSpanAfterSeconds: seconds });
    expect(seconds).toBeLessThanOrEqual(10);
  });
}

/** F2. */
export function collectorKilled(): void {
  test('the Collector is killed while Jaeger is away: nothing acknowledged is lost', async () => {
    scale('jaeger', 0);
    await gone('jaeger');
    const load = startLoad('f2', { RATE: '50', SECONDS: '20' });
    await until(async () => (await ofCollector('otelcol_exporter_queue_size')) > 0, 'spans in the queue');
    kill(COLLECTOR);
    await back(COLLECTOR);
    const sent = await load;
    scale('jaeger', 1);
    await back('jaeger');
    await expectStored('F2: the Collector killed while Jaeger is away', sent);
  });
}

/** F4. */
export function queueFull(): void {
  test('Jaeger is away until the queue is full: what does not fit is refused and counted, the rest is kept', async () => {
    scale('jaeger', 0);
    await gone('jaeger');
    // Twice what the queue holds. A batch of the SDK has 512 spans, and must not be larger than a request may be.
    const load = await startLoad('f4', { RATE: '400', SECONDS: '20', BYTES: '4000' });
    const counted = await ofCollector('otelcol_exporter_enqueue_failed_spans_total');
    scale('jaeger', 1);
    await back('jaeger');
    await expectStored('F4: queue full', load, { refused: load.refused, counted });
    expect(load.refused).toBeGreaterThan(0);
    expect(load.acknowledged.length + load.refused).toBe(load.ended);
    // The SDK tries again what was refused.
    expect(counted).toBeGreaterThanOrEqual(load.refused);
  });
}

/** F8. */
export function collectorReplaced(): void {
  test('a rollout of the Collector under load: nothing acknowledged is lost', async () => {
    const load = startLoad('f8', { RATE: '50', SECONDS: '25' });
    await arrived('f8');
    inFaults('rollout', 'restart', 'deployment/otel-collector');
    inFaults('rollout', 'status', 'deployment/otel-collector', '--timeout=120s');
    const sent = await load;
    await expectStored('F8: a rollout of the Collector', sent, { refused: sent.refused });
  });
}
