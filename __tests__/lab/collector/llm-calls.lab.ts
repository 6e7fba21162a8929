/** What the real Collector makes of spans of LLM calls. */
import { until } from '../../../lab/commands';
import { becomes, type RunningCollector, startCollector, total } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { LLM_API, sendSpans, type TestSpan } from '../programs/otlp';
import { storedSpans } from '../programs/stored';

const TOKENS = 'gen_ai_client_token_usage';
const CALLS = 'traces_span_metrics_calls_total';
const FALLBACKS = 'jan_completion_fallbacks_total';

const exception = (message: string) => [{ name: 'exception', attributes: { 'exception.message': message } }];

const completion = (model: string, fallback: boolean, status: TestSpan['status'] = 'ok', error = 'gone'): TestSpan => ({
  name: 'ChatHandler.CreateChatCompletion',
  kind: 'internal',
  status,
  attributes: {
    'provider.display_name': 'vllm',
    'provider.kind': 'jan',
    'model.original_id': model,
    'chat.model': 'any',
  },
  events: fallback ? [{ name: 'calling_llm' }, { name: 'completion_fallback', attributes: { error } }] : [],
});

/** A completion whose handler failed, and left no event of a fallback. */
const failedCompletion = (model: string, message: string): TestSpan => ({
  ...completion(model, false, 'error'),
  message,
  events: exception(message),
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
    await becomes(collector, `${TOKENS}_sum`, { ...labels, gen_ai_token_type: 'input' }, 7);
    await becomes(collector, `${TOKENS}_sum`, { ...labels, gen_ai_token_type: 'output' }, 3);
    await becomes(
      collector,
      'gen_ai_client_finish_reasons_total',
      { ...labels, gen_ai_response_finish_reason: 'stop' },
      1,
    );
    const durations = 'gen_ai_client_operation_duration_seconds';
    await becomes(collector, `${durations}_count`, labels, 3);
    await becomes(collector, `${durations}_count`, { ...labels, error_type: '503' }, 1);
    await becomes(collector, `${durations}_count`, { ...labels, error_type: '_OTHER' }, 1);
    await becomes(collector, `${durations}_bucket`, { ...labels, error_type: '503', le: '0.16' }, 1);
    await becomes(collector, `${durations}_bucket`, { ...labels, error_type: '503', le: '0.08' }, 0);
  });

  test("other services' are counted, in current and older conventions", async () => {
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
    await becomes(
      collector,
      `${TOKENS}_sum`,
      of('gpt', { gen_ai_provider_name: 'openai', gen_ai_token_type: 'input' }),
      11,
    );
    await becomes(
      collector,
      'gen_ai_client_finish_reasons_total',
      of('gpt', { gen_ai_response_finish_reason: 'length' }),
      1,
    );
    await becomes(collector, 'gen_ai_client_operation_time_to_first_chunk_seconds_sum', of('gpt'), 0.25);
    await becomes(
      collector,
      `${TOKENS}_sum`,
      of('old', { gen_ai_provider_name: 'az', gen_ai_token_type: 'output' }),
      6,
    );
    expect(await total(collector, `${TOKENS}_count`, of('agent'))).toEqual({ sum: 0, count: 0 });
  });

  test('a fallback counts on its route, with an event or without, and the counter exists before it', async () => {
    const labels = of('falls', { ...COMMON, http_route: '/v1/chat/completions' });
    await sendSpans(collector.endpoint, [completion('falls', false)]);
    await until(async () => (await total(collector, FALLBACKS, labels)).count === 1, 'the counter to be there');
    expect(await total(collector, FALLBACKS, labels)).toEqual({ sum: 0, count: 1 });
    await sendSpans(collector.endpoint, [
      completion('falls', true),
      failedCompletion('falls', '[domain][INTERNAL][auto-generated-uuid] failed to decrypt API key: cipher'),
      failedCompletion('falls', '[repository][DATABASE_ERROR][1] no rows, and a text with [VALIDATION]'),
      // The client's errors are answered with 4xx.
      failedCompletion('falls', '[handler][VALIDATION][1] messages cannot be empty'),
      failedCompletion(
        'falls',
        'failed to load: [domain][NOT_FOUND][1] conversation not found: [domain][INTERNAL][2] x',
      ),
      failedCompletion('falls', 'User input too large: estimated 9 tokens exceeds maximum allowed 8 tokens.'),
      failedCompletion('falls', 'record not found'),
    ]);
    await becomes(collector, FALLBACKS, labels, 3);
  });

  test('a failure before a provider was chosen counts without the model, which is what the user typed', async () => {
    const typed = (status: TestSpan['status'], message = ''): TestSpan => ({
      name: 'ChatHandler.CreateChatCompletion',
      kind: 'internal',
      status,
      message,
      attributes: { 'chat.model': 'typed' },
    });
    await sendSpans(
      collector.endpoint,
      [
        typed('error', '[handler][VALIDATION][1] messages cannot be empty'),
        typed('error', '[repository][DATABASE_ERROR][1] failed to connect'),
      ],
      { ...LLM_API, 'service.instance.id': 'pod-2' },
    );
    await becomes(collector, FALLBACKS, { instance: 'pod-2' }, 1);
    expect(await total(collector, FALLBACKS, of('typed'))).toEqual({ sum: 0, count: 0 });
  });

  test('a cancelled call is neither a fallback nor a failure', async () => {
    const canceled = 'streaming completion failed: client request cancelled: [domain][INTERNAL][2] x: context canceled';
    await sendSpans(collector.endpoint, [
      completion('stops', true, 'ok', `[handler][INTERNAL][1] ${canceled}`),
      completion(
        'stops',
        true,
        'ok',
        '[handler][INTERNAL][1] streaming completion failed: unable to write SSE line: broken pipe',
      ),
      failedCompletion('stops', '[domain][INTERNAL][1] failed to load: context canceled'),
      { ...failedCall('stops'), message: 'client request cancelled' },
      { ...failedCall('stops'), message: 'Post "http://vllm:8101/v1/chat/completions": context canceled' },
      { ...failedCall('stops'), message: 'streaming context cancelled', events: exception('context canceled') },
      { ...failedCall('stops'), message: 'failed to write SSE line', events: exception('write: broken pipe') },
      // A provider that was too slow, and one that quotes such words.
      {
        ...failedCall('stops'),
        message: 'streaming context cancelled',
        events: exception('context deadline exceeded'),
      },
      { ...failedCall('stops'), message: 'request failed: {"message":"what is: context canceled"}' },
      completion('stops', true, 'ok', '[handler][INTERNAL][1] streaming context cancelled: context deadline exceeded'),
    ]);
    const durations = 'gen_ai_client_operation_duration_seconds_count';
    await becomes(collector, durations, of('stops', { error_type: 'canceled' }), 4);
    await becomes(collector, durations, of('stops', { error_type: '_OTHER' }), 2);
    await becomes(collector, FALLBACKS, of('stops'), 1);
    const calls = { span_name: 'StreamChatCompletion', service_name: 'llm-api', instance: 'pod-1' };
    await becomes(collector, CALLS, { ...calls, status_code: 'STATUS_CODE_UNSET' }, 4);
  });

  test("Jaeger has the conventions' attributes on the spans themselves, besides those that were sent", async () => {
    const traceId = 'c3'.repeat(16);
    const sent: readonly TestSpan[] = [
      call('jan-v2'),
      { ...failedCall('jan-v2', { 'http.status_code': 503 }), message: 'unavailable' },
      completion('jan-v2', true),
      {
        name: 'older',
        kind: 'client',
        attributes: {
          'gen_ai.system': 'az',
          'gen_ai.request.model': 'gpt',
          'gen_ai.usage.prompt_tokens': 5,
          'gen_ai.usage.completion_tokens': 6,
          'gen_ai.response.finish_reasons': ['length'],
          'llm.request.type': 'embedding',
        },
      },
      // No call to a model: it gets none of them.
      { name: 'other', kind: 'client', attributes: { 'llm.provider': 'vllm', 'http.method': 'GET' } },
    ];
    await sendSpans(
      collector.endpoint,
      sent.map((span) => ({ ...span, traceId })),
    );
    const spans = storedSpans(await jaeger.trace(traceId, sent.length));
    const attributesOf = (name: string) => spans.find((span) => span.name === name)?.attributes;
    const model = { 'gen_ai.provider.name': 'vllm', 'gen_ai.request.model': 'jan-v2' };
    expect(attributesOf('CreateChatCompletion')).toMatchObject({
      ...call('jan-v2').attributes,
      ...model,
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': 7,
      'gen_ai.usage.output_tokens': 3,
      'gen_ai.response.finish_reason': 'stop',
    });
    expect(attributesOf('StreamChatCompletion')).toMatchObject({ ...model, 'error.type': '503' });
    expect(attributesOf('ChatHandler.CreateChatCompletion')).toMatchObject({ ...model, 'jan.completion.fallbacks': 1 });
    expect(attributesOf('ChatHandler.CreateChatCompletion')).not.toHaveProperty(['gen_ai.operation.name']);
    expect(attributesOf('older')).toMatchObject({
      'gen_ai.provider.name': 'az',
      'gen_ai.request.model': 'gpt',
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.usage.output_tokens': 6,
      'gen_ai.response.finish_reason': 'length',
    });
    expect(Object.keys(attributesOf('other') ?? {}).filter((key) => key.startsWith('gen_ai.'))).toEqual([]);
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
    await becomes(collector, `${TOKENS}_sum`, of('many', { gen_ai_token_type: 'input' }), 7 * requests);
    await becomes(collector, `${TOKENS}_count`, of('many'), 2 * requests);
    await becomes(collector, FALLBACKS, of('many'), requests / 4);
  });
});
