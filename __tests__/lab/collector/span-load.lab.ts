/** The program that sends spans for measurements: what it sends is what docs/performance.md says, and it counts what is refused. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freeCollectorPorts, ownMetricsOnLoopback } from '../../../lab/loopback';
import { Running } from '../../../lab/running';
import { sendSpans } from '../../../lab/span-load';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
  readonly events?: readonly { readonly name: string }[];
  readonly status: { readonly code?: number };
}
interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly object[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly Span[] }[];
  }[];
}

const KINDS = { internal: 1, server: 2, client: 3 };
const ERROR = 2;
const PERSONAL = ['http.client_ip', 'http.user_agent', 'client.address', 'user_agent.original'];

/** A server on loopback that answers each request with a status, and keeps what it got. */
async function startReceiver(statusOf: (request: number) => number) {
  const bodies: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks).toString());
    response.writeHead(statusOf(bodies.length), { 'content-type': request.headers['content-type'] }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bodies,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** What it sends with a seed, as a real Collector reads it and writes it in JSON. */
async function sentWith(seed: number, total: number, spanBytes?: number): Promise<readonly Request[]> {
  const receiver = await startReceiver(() => 200);
  const running = new Running();
  const { http, self } = await freeCollectorPorts();
  const config = running.write('config.yaml', {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${http}` } } } },
    exporters: {
      otlp_http: {
        endpoint: receiver.endpoint,
        encoding: 'json',
        compression: 'none',
        sending_queue: { enabled: false },
      },
    },
    service: {
      telemetry: ownMetricsOnLoopback(self),
      pipelines: { traces: { receivers: ['otlp'], exporters: ['otlp_http'] } },
    },
  });
  try {
    await running.start('otelcol-contrib', [`--config=${config}`], {}, `http://127.0.0.1:${self}/metrics`);
    const endpoint = `http://127.0.0.1:${http}`;
    const { sent, accepted, refused } = await sendSpans({
      endpoint,
      spansPerRequest: 100,
      spansPerSecond: 100_000,
      total,
      seed,
      spanBytes,
    });
    expect({ sent, accepted, refused }).toEqual({ sent: total, accepted: total, refused: {} });
    return receiver.bodies.map((body) => JSON.parse(body) as Request);
  } finally {
    await running.stop();
    await receiver.stop();
  }
}

const spansOf = (requests: readonly Request[]): readonly Span[] =>
  requests.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );
const keysOf = ({ attributes }: Span) => attributes.map(({ key }) => key);
const idsOf = (requests: readonly Request[]) => spansOf(requests).flatMap(({ traceId, spanId }) => [traceId, spanId]);

describe('3,000 spans', () => {
  let requests: readonly Request[];
  beforeAll(async () => {
    requests = await sentWith(1, 3000);
  });

  test('are 30 requests of one resource with two scopes', () => {
    expect(requests).toHaveLength(30);
    for (const { resourceSpans } of requests) {
      expect(resourceSpans).toHaveLength(1);
      expect(resourceSpans[0]?.scopeSpans).toHaveLength(2);
    }
  });

  test('have ids of their own, three to a trace', () => {
    const spans = spansOf(requests);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(3000);
    // 33 traces in each request, and one span of another.
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(30 * 34);
    expect(spans.filter(({ parentSpanId }) => parentSpanId === '' || parentSpanId === undefined)).toHaveLength(30 * 34);
  });

  test('have ten attributes each', () => {
    expect(spansOf(requests).filter(({ attributes }) => attributes.length !== 10)).toEqual([]);
  });

  test.each([
    ['server', 30 * 34],
    ['internal', 30 * 33],
    ['client', 30 * 33],
  ] as const)('are a third of kind %s', (kind, count) =>
    expect(spansOf(requests).filter((span) => span.kind === KINDS[kind])).toHaveLength(count),
  );

  test('have personal data in the spans of servers, and only there', () => {
    for (const span of spansOf(requests))
      expect(keysOf(span).filter((key) => PERSONAL.includes(key))).toHaveLength(span.kind === KINDS.server ? 2 : 0);
  });

  test('have a model and tokens in the calls', () => {
    for (const span of spansOf(requests).filter(({ kind }) => kind === KINDS.client))
      expect(keysOf(span).filter((key) => /^(gen_ai|llm\.(provider|model|usage))/.test(key))).toHaveLength(4);
  });

  test('fail by 1 in 47, each kind, with an exception', () => {
    const failed = spansOf(requests).filter(({ status }) => status.code === ERROR);
    expect(failed).toHaveLength(Math.floor(3000 / 47));
    expect(new Set(failed.map(({ kind }) => kind)).size).toBe(3);
    for (const { events } of failed) expect(events?.map(({ name }) => name)).toEqual(['exception']);
  });

  test('are the same with the same seed, and share no id with those of another', async () => {
    const sorted = (some: readonly Request[]) => idsOf(some).sort();
    expect(sorted(await sentWith(1, 3000))).toEqual(sorted(requests));
    const ids = new Set(idsOf(requests));
    expect(idsOf(await sentWith(2, 3000)).filter((id) => ids.has(id))).toEqual([]);
  });
});

test('spans of a size are never larger, smaller by less than an attribute, and have no long attribute', async () => {
  const receiver = await startReceiver(() => 200);
  const load = { endpoint: receiver.endpoint, spansPerRequest: 1, spansPerSecond: 1000, total: 30, seed: 1 };
  const bytesOf = async (spanBytes?: number) => (await sendSpans({ ...load, spanBytes })).bytes / load.total;
  // Resource and scope, whose size does not depend on the span's.
  const rest = (await bytesOf(10_000)) - 10_000;
  for (const spanBytes of [1000, 10_000, 100_000]) {
    const size = (await bytesOf(spanBytes)) - spanBytes;
    expect(size).toBeGreaterThan(rest - 40);
    expect(size).toBeLessThan(400);
  }
  await receiver.stop();
  const texts = spansOf(await sentWith(1, 10, 100_000)).map(({ attributes }) =>
    attributes.flatMap(({ key, value }) => (key.startsWith('load.text.') ? [value.stringValue?.length ?? 0] : [])),
  );
  for (const lengths of texts) {
    expect(Math.max(...lengths)).toBe(16_384);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(99_000);
  }
});

test('refused spans are counted by status, and are not sent again', async () => {
  const receiver = await startReceiver((request) => (request === 2 ? 503 : request === 3 ? 400 : 200));
  const load = { endpoint: receiver.endpoint, spansPerRequest: 100, spansPerSecond: 4000, total: 450, seed: 1 };
  const report = await sendSpans(load);
  await receiver.stop();
  expect(report).toMatchObject({ requests: 5, sent: 450, accepted: 250, refused: { '503': 100, '400': 100 } });
  expect(receiver.bodies).toHaveLength(5);
  expect((await sendSpans(load)).refused).toEqual({ 'no answer': 450 });
});

test('spans are sent at the rate', async () => {
  const receiver = await startReceiver(() => 200);
  const { seconds } = await sendSpans({
    endpoint: receiver.endpoint,
    spansPerRequest: 100,
    spansPerSecond: 2000,
    total: 4000,
    seed: 1,
  });
  await receiver.stop();
  // The last of 40 requests is due after 39 of 40 parts of 2 s.
  expect(seconds).toBeGreaterThanOrEqual(1.95);
  expect(seconds).toBeLessThan(3);
});
