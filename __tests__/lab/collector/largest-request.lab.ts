/** The largest request, of spans that grow most: the real Jaeger takes in one message what the real Collector makes of it. */
import { until } from '../../../lab/commands';
import { INTAKE_LIMITS } from '../../../lib/limits';
import { type RunningCollector, startCollector } from '../programs/collector';
import { startRenderedJaeger } from '../programs/jaeger';
import { sendEncoded } from '../programs/otlp';
import { smallestSpans } from '../programs/smallest';

/** The longest that is usual for a cluster: each resource gets it. */
const CLUSTER = 'c'.repeat(63);

let jaeger: Awaited<ReturnType<typeof startRenderedJaeger>>;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startRenderedJaeger();
  collector = await startCollector(`cluster: {name: ${CLUSTER}}`, jaeger.address);
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

/** The sum of a counter of a program's own metrics. */
async function counter(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(name))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
const received = () => counter(jaeger.metrics, 'otelcol_receiver_accepted_spans');

describe.each([
  ['resources', []],
  // Each gets a hash of 64 bytes.
  ['personal attributes', Array.from({ length: 26 }, (_, index) => `user.${String.fromCharCode(97 + index)}`)],
])('as many of the smallest %s as fit', (_what, keys) => {
  test('arrive whole, and at once', async () => {
    const { count, request } = smallestSpans(INTAKE_LIMITS.requestBytes, keys);
    expect(request.length).toBeGreaterThan(INTAKE_LIMITS.requestBytes * 0.999);
    const before = await received();
    await sendEncoded(collector.endpoint, request);
    await until(async () => (await received()) - before >= count, `${count} spans to be received`);
    expect((await received()) - before).toBe(count);
    const self = collector.selfMetrics;
    await until(async () => (await counter(self, 'otelcol_exporter_queue_size')) === 0, 'the queue to be empty');
    expect(await counter(self, 'otelcol_exporter_send_failed_spans')).toBe(0);
    expect(collector.log()).not.toMatch(/Exporting failed|Dropping data/);
  });
});
