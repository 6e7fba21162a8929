/** Names and routes by which the real Collector counts spans. */
import { becomes, type RunningCollector, startCollector } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { sendSpans, type TestSpan } from '../programs/otlp';

const CALLS = 'traces_span_metrics_calls_total';

let jaeger: RunningJaeger;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startJaeger();
  collector = await startCollector('collector: {pii: full}', jaeger.address);
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
      'a path in the name is the route where it has a parameter',
      server('GET /v1/realtime/sessions/:id', {
        'http.method': 'GET',
        'http.target': '/v1/realtime/sessions/rts_nope12345',
        'http.status_code': 404,
      }),
      {
        span_name: 'GET /v1/realtime/sessions/:id',
        http_route: '/v1/realtime/sessions/:id',
        http_response_status_code: '404',
      },
    ],
    [
      'and without one it may be anything',
      server('PATCH /v1/users/alice', {
        'http.method': 'PATCH',
        'http.target': '/v1/users/alice',
        'http.status_code': 200,
      }),
      { span_name: 'PATCH', http_request_method: 'PATCH', http_response_status_code: '200' },
    ],
    [
      'or what somebody invents',
      server('DELETE /wp:admin/*x/words', {
        'http.method': 'DELETE',
        'http.target': '/wp:admin/*x/words',
        'http.status_code': 404,
      }),
      { span_name: 'DELETE', http_request_method: 'DELETE', http_response_status_code: '404' },
    ],
    [
      'a request that was answered with 5xx has failed',
      server('y', { 'http.method': 'HEAD', 'http.status_code': 503 }),
      { span_name: 'y', status_code: 'STATUS_CODE_ERROR' },
    ],
    [
      'a call that was answered with 4xx has failed',
      { name: 'z', kind: 'client', attributes: { 'http.method': 'HEAD', 'http.status_code': 404 } },
      { span_name: 'z', status_code: 'STATUS_CODE_ERROR' },
    ],
    [
      'and a request that was answered so has not',
      server('w', { 'http.method': 'HEAD', 'http.status_code': 404 }),
      { span_name: 'w', status_code: 'STATUS_CODE_UNSET' },
    ],
    ['a mail address', { name: 'mail alice@example.com', kind: 'internal' }, { span_name: 'mail {id}' }],
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

  test('the Collector accepts a span of each case', async () => {
    await sendSpans(
      collector.endpoint,
      CASES.map(([, span]) => span),
    );
  });

  test.each(CASES)('%s', async (_what, _span, labels) => {
    await becomes(collector, CALLS, labels, 1);
  });

  test('a path without a parameter is the route in spans of realtime-api that were served', async () => {
    const realtime = { 'service.name': 'realtime-api', 'service.instance.id': 'pod-1' };
    const asked = (method: string, path: string, status: number) =>
      server(`${method} ${path}`, { 'http.method': method, 'http.target': path, 'http.status_code': status });
    const spans = [
      asked('POST', '/v1/realtime/sessions', 401),
      asked('GET', '/invented', 404),
      asked('OPTIONS', '/invented', 204),
    ];
    await sendSpans(collector.endpoint, spans, realtime, 'realtime-api');
    const of = (labels: Readonly<Record<string, string>>) => ({ service_name: 'realtime-api', ...labels });
    const route = '/v1/realtime/sessions';
    await becomes(collector, CALLS, of({ span_name: `POST ${route}`, http_route: route }), 1);
    await becomes(collector, CALLS, of({ span_name: 'GET', http_response_status_code: '404' }), 1);
    await becomes(collector, CALLS, of({ span_name: 'OPTIONS' }), 1);
  });

  test('Jaeger has the same name, and the original in an attribute', async () => {
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
