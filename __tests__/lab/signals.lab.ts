/** What the real Collector makes of spans: names, routes, metrics of LLM calls, and a budget of series that holds. */
import { until } from '../../lab/commands';
import { sendSpans, type TestSpan } from './programs/otlp';
import { type RunningCollector, startCollector, startJaeger, total } from './programs/running';

const LIMIT = 1000;
/** One flush of the span metrics is 15 s; a counter is whole with the second one. */
const FLUSHES = 45;

const CALLS = 'traces_span_metrics_calls_total';
const DURATIONS = 'traces_span_metrics_duration_seconds_count';
const TOKENS = 'gen_ai_client_token_usage';
const FALLBACKS = 'jan_completion_fallbacks_total';

const completion = (model: string, fallback: boolean, status: TestSpan['status'] = 'ok'): TestSpan => ({
  name: 'ChatHandler.CreateChatCompletion',
  kind: 'internal',
  status,
  attributes: {
    'provider.display_name': 'vllm',
    'provider.kind': 'jan',
    'model.original_id': model,
    'chat.model': 'any',
  },
  events: fallback ? [{ name: 'calling_llm' }, { name: 'completion_fallback', attributes: { error: 'gone' } }] : [],
});

const call = (model: string, attributes: TestSpan['attributes'] = {}): TestSpan => ({
  name: 'CreateChatCompletion',
  kind: 'client',
  attributes: {
    'llm.provider': 'vllm',
    'llm.model': model,
    'llm.usage.prompt_tokens': 7,
    'llm.usage.completion_tokens': 3,
    'llm.finish_reason': 'stop',
    ...attributes,
  },
});

const failedCall = (model: string, attributes: TestSpan['attributes'] = {}): TestSpan => ({
  name: 'StreamChatCompletion',
  kind: 'client',
  status: 'error',
  attributes: { 'llm.provider': 'vllm', 'llm.model': model, ...attributes },
});

let jaeger: Awaited<ReturnType<typeof startJaeger>>;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startJaeger();
  collector = await startCollector(`collector: {spanMetrics: {cardinalityLimit: ${LIMIT}}}`, jaeger.address);
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

/** Waits for the sum of some series. */
const becomes = (name: string, labels: Readonly<Record<string, string>>, sum: number) =>
  until(
    async () => (await total(collector, name, labels)).sum === sum,
    `${name}${JSON.stringify(labels)} to be ${sum}`,
    FLUSHES,
  );

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
    await becomes(CALLS, labels, 1);
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

describe('LLM calls', () => {
  const of = (model: string, labels: Readonly<Record<string, string>> = {}) => ({
    gen_ai_request_model: model,
    ...labels,
  });
  const COMMON = { job: 'jan/llm-api', instance: 'pod-1', service_name: 'llm-api', gen_ai_provider_name: 'vllm' };

  test("Jan Server's are counted once, with the conventions' names", async () => {
    await sendSpans(collector.endpoint, [
      { name: 'POST /v1/chat/completions', kind: 'server', attributes: { 'http.route': '/v1/chat/completions' } },
      completion('jan-v1', false),
      call('jan-v1'),
      failedCall('jan-v1', { 'http.status_code': 503 }),
      failedCall('jan-v1'),
    ]);
    const labels = of('jan-v1', { ...COMMON, gen_ai_operation_name: 'chat' });
    await becomes(`${TOKENS}_sum`, { ...labels, gen_ai_token_type: 'input' }, 7);
    await becomes(`${TOKENS}_sum`, { ...labels, gen_ai_token_type: 'output' }, 3);
    await becomes('gen_ai_client_finish_reasons_total', { ...labels, gen_ai_response_finish_reason: 'stop' }, 1);
    const durations = 'gen_ai_client_operation_duration_seconds';
    await becomes(`${durations}_count`, labels, 3);
    await becomes(`${durations}_count`, { ...labels, error_type: '503' }, 1);
    await becomes(`${durations}_count`, { ...labels, error_type: '_OTHER' }, 1);
    await becomes(`${durations}_bucket`, { ...labels, error_type: '503', le: '0.16' }, 1);
    await becomes(`${durations}_bucket`, { ...labels, error_type: '503', le: '0.08' }, 0);
  });

  test('those of other services, in the conventions and in older ones', async () => {
    const usage = { 'gen_ai.usage.prompt_tokens': 5, 'gen_ai.usage.completion_tokens': 6 };
    await sendSpans(collector.endpoint, [
      {
        name: 'chat gpt',
        kind: 'client',
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt',
          'gen_ai.usage.input_tokens': 11,
          'gen_ai.response.finish_reasons': ['length'],
          'gen_ai.response.time_to_first_chunk': 0.25,
        },
      },
      { name: 'old', kind: 'client', attributes: { 'gen_ai.system': 'az', 'gen_ai.request.model': 'old', ...usage } },
      // The tokens of an agent's call are those of the calls that it makes.
      {
        name: 'invoke_agent',
        kind: 'client',
        attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.request.model': 'agent', ...usage },
      },
    ]);
    await becomes(`${TOKENS}_sum`, of('gpt', { gen_ai_provider_name: 'openai', gen_ai_token_type: 'input' }), 11);
    await becomes('gen_ai_client_finish_reasons_total', of('gpt', { gen_ai_response_finish_reason: 'length' }), 1);
    await becomes('gen_ai_client_operation_time_to_first_chunk_seconds_sum', of('gpt'), 0.25);
    await becomes(`${TOKENS}_sum`, of('old', { gen_ai_provider_name: 'az', gen_ai_token_type: 'output' }), 6);
    expect(await total(collector, `${TOKENS}_count`, of('agent'))).toEqual({ sum: 0, count: 0 });
  });

  test('a fallback counts on its route; before it the counter is there, and a failure that is told as one adds nothing', async () => {
    const labels = of('falls', { ...COMMON, http_route: '/v1/chat/completions' });
    await sendSpans(collector.endpoint, [completion('falls', false)]);
    await until(async () => (await total(collector, FALLBACKS, labels)).count === 1, 'the counter to be there');
    expect(await total(collector, FALLBACKS, labels)).toEqual({ sum: 0, count: 1 });
    await sendSpans(collector.endpoint, [
      completion('falls', true),
      completion('falls', true, 'error'),
      // Refused before there was a provider: its model is what the user typed.
      { name: 'ChatHandler.CreateChatCompletion', kind: 'internal', attributes: { 'chat.model': 'typed' } },
    ]);
    await becomes(FALLBACKS, labels, 1);
    expect(await total(collector, FALLBACKS, of('typed'))).toEqual({ sum: 0, count: 0 });
  });

  test('sums are exact where many requests come at once', async () => {
    const requests = 2000;
    let next = 0;
    const sender = async () => {
      while (next < requests) {
        next += 1;
        await sendSpans(collector.endpoint, [call('many'), completion('many', next % 4 === 0)]);
      }
    };
    await Promise.all(Array.from({ length: 32 }, sender));
    await becomes(`${TOKENS}_sum`, of('many', { gen_ai_token_type: 'input' }), 7 * requests);
    await becomes(`${TOKENS}_count`, of('many'), 2 * requests);
    await becomes(FALLBACKS, of('many'), requests / 4);
  });
});

/** The last, since it fills the budget of its pods. */
describe('a flood of names', () => {
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

  test('is accepted', async () => {
    for (const [instance, span] of Object.entries(PODS)) {
      const resource = { 'service.name': 'flood', 'service.instance.id': instance };
      for (let index = 0; index < FLOOD; index += 1000) {
        const spans = Array.from({ length: 1000 }, (_, offset) => span(index + offset));
        await sendSpans(collector.endpoint, spans, resource);
      }
    }
  });

  const counted = async (instance: string) => {
    await becomes(CALLS, { instance }, FLOOD);
    await becomes(DURATIONS, { instance }, FLOOD);
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

  test('is one series where names differ by identifiers only', async () => {
    expect(await counted('ids')).toEqual({ calls: { sum: FLOOD, count: 1 }, overflow: { sum: 0, count: 0 } });
  });
});
