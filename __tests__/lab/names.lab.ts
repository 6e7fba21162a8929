/** Names and routes by which the real Collector counts spans. */
import { becomes, type RunningCollector, startCollector } from './programs/collector';
import { type RunningJaeger, startJaeger } from './programs/jaeger';
import { sendSpans, type TestSpan } from './programs/otlp';

const CALLS = 'traces_span_metrics_calls_total';

let jaeger: RunningJaeger;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startJaeger();
  collector = await startCollector('', jaeger.address);
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

describe('names and routes', () => {
  const server = (name: string, attributes: TestSpan['attributes']): TestSpan => ({ name, kind: 'server', attributes });
  const id = '550e8400-e29b-41d4-a716-446655440000';
  const CASES: readonly (readonly [string, TestSpan, Readonly<Record<string, string>>])[] = [
    [
      "Jan Server's own are kept, and have the stable attributes",
      server('GET /v1/conversations/:conv_public_id', {
        'http.method': 'GET',
        'http.route': '/v1/conversations/:conv_public_id',
        'http.status_code': 204,
      }),
      {
        span_name: 'GET /v1/conversations/:conv_public_id',
        http_route: '/v1/conversations/:conv_public_id',
        http_request_method: 'GET',
        http_response_status_code: '204',
      },
    ],
    [
      'a raw path as the name, without a route, is the method',
      server('PUT /v1/whatever/alice?token=1', { 'http.method': 'PUT', 'http.route': '' }),
      { span_name: 'PUT', http_request_method: 'PUT' },
    ],
    [
      'a raw path as the route loses its identifiers',
      server('x', { 'http.request.method': 'PATCH', 'http.route': `/v1/items/${id}/77/conv_k3jx/a@b.example?x=1` }),
      { span_name: 'x', http_route: '/v1/items/{id}/{id}/{id}/{id}' },
    ],
    [
      'a method that nobody knows is _OTHER',
      server('brew', { 'http.request.method': 'BREW' }),
      { span_name: 'brew', http_request_method: '_OTHER' },
    ],
    ['identifiers in other names', { name: `load ${id} 12345`, kind: 'internal' }, { span_name: 'load {id} {id}' }],
    [
      'a URL as the name of a call',
      { name: 'GET https://files.example/v1/blobs/9f86d081884c7d65?sig=abc', kind: 'client' },
      { span_name: 'GET https://files.example/v1/blobs/{id}' },
    ],
  ];

  test('before anything is counted', async () => {
    await sendSpans(
      collector.endpoint,
      CASES.map(([, span]) => span),
    );
  });

  test.each(CASES)('%s', async (_what, _span, labels) => {
    await becomes(collector, CALLS, labels, 1);
  });

  test('Jaeger has the same name, and the old one in an attribute', async () => {
    const traceId = 'a1'.repeat(16);
    await sendSpans(collector.endpoint, [{ name: `load ${id}`, kind: 'internal', traceId }]);
    const answer = JSON.parse(await jaeger.trace(traceId, 1)) as {
      data: { spans: { operationName: string; tags: { key: string; value: unknown }[] }[] }[];
    };
    const [span] = answer.data[0]?.spans ?? [];
    expect(span?.operationName).toBe('load {id}');
    expect(span?.tags).toContainEqual(expect.objectContaining({ key: 'unsanitized_span_name', value: `load ${id}` }));
  });
});
