/**
 * One request as Jan Server's services trace it: llm-api's three spans, and a tool call that mcp-tools would answer. The real mcp-tools
 * sends no spans yet.
 */
import { type Attributes, context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** A span that was sent, as its store must give it back. */
export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly attributes: Attributes;
  readonly events: readonly string[];
  readonly isError: boolean;
}

const KINDS = { [SpanKind.SERVER]: 'server', [SpanKind.CLIENT]: 'client', [SpanKind.INTERNAL]: 'internal' } as const;

interface Described {
  readonly name: string;
  readonly kind: keyof typeof KINDS;
  readonly attributes: Attributes;
  readonly events?: Readonly<Record<string, Attributes>>;
  /** The message of its status, where it has failed. */
  readonly error?: string;
}

/** What a provider answers that fails, as llm-api's client writes it down. */
const FAILURE = '[domain][EXTERNAL][e2e] request failed: {"error":{"message":"overloaded","type":"server_error"}}';

/** A tracer of one service, with what Jan Server's SDK set-up puts into its resource. */
export function providerOf(service: string, processors: SpanProcessor[]) {
  const resource = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'jan', environment: 'e2e' });
  return new BasicTracerProvider({ resource, spanProcessors: processors });
}

type Provider = ReturnType<typeof providerOf>;

/** A request for a completion. */
export interface Request {
  readonly route: string;
  /** Distinguishes the calls of this run, as the route does for its requests. */
  readonly model: string;
  /** The provider fails, and llm-api answers with a text of its own. */
  readonly isFallback: boolean;
}

/** Tokens of a call that succeeds. */
export const TOKENS = { input: 21, output: 34 } as const;

/** Records a request by the tracers of both services. */
export function recordRequest(llmApi: Provider, mcpTools: Provider, { route, model, isFallback }: Request): SentSpan[] {
  const sent: SentSpan[] = [];
  const record = (
    provider: Provider,
    service: string,
    parent: Span | null,
    { name, kind, attributes, events = {}, error }: Described,
  ) => {
    const within = parent === null ? context.active() : trace.setSpan(context.active(), parent);
    const span = provider.getTracer(service).startSpan(name, { kind, attributes }, within);
    for (const [event, of] of Object.entries(events)) span.addEvent(event, of);
    span.setStatus(error === undefined ? { code: SpanStatusCode.OK } : { code: SpanStatusCode.ERROR, message: error });
    const { traceId, spanId } = span.spanContext();
    const parentSpanId = parent?.spanContext().spanId ?? null;
    sent.push({
      traceId,
      spanId,
      parentSpanId,
      service,
      name,
      kind: KINDS[kind],
      attributes,
      events: Object.keys(events),
      isError: error !== undefined,
    });
    return span;
  };
  const server = record(llmApi, 'llm-api', null, {
    name: `POST ${route}`,
    kind: SpanKind.SERVER,
    attributes: {
      'http.method': 'POST',
      'http.route': route,
      'http.scheme': 'http',
      'http.status_code': 200,
      'request.id': 'e2e',
    },
  });
  const handler = record(llmApi, 'llm-api', server, {
    name: 'ChatHandler.CreateChatCompletion',
    kind: SpanKind.INTERNAL,
    attributes: {
      'chat.model': model,
      'chat.stream': false,
      'chat.message_count': 2,
      'provider.display_name': 'vllm',
      'model.original_id': model,
      ...(!isFallback && {
        'completion.prompt_tokens': TOKENS.input,
        'completion.completion_tokens': TOKENS.output,
        'completion.status': 'success',
      }),
    },
    events: {
      selecting_provider: {},
      calling_llm: {},
      ...(isFallback && {
        completion_fallback: { error: `[handler][EXTERNAL][e2e] chat completion failed: ${FAILURE}` },
      }),
    },
  });
  const client = record(llmApi, 'llm-api', handler, {
    name: 'CreateChatCompletion',
    kind: SpanKind.CLIENT,
    attributes: {
      'llm.provider': 'vllm',
      'llm.model': model,
      'llm.temperature': 0.7,
      'http.status_code': isFallback ? 500 : 200,
      ...(!isFallback && {
        'llm.usage.prompt_tokens': TOKENS.input,
        'llm.usage.completion_tokens': TOKENS.output,
        'llm.usage.total_tokens': TOKENS.input + TOKENS.output,
        'llm.finish_reason': 'stop',
      }),
    },
    ...(isFallback && { events: { exception: { 'exception.message': FAILURE } }, error: FAILURE }),
  });
  const tool = record(mcpTools, 'mcp-tools', handler, {
    name: 'POST /v1/mcp',
    kind: SpanKind.SERVER,
    attributes: { 'http.method': 'POST', 'http.route': '/v1/mcp', 'http.status_code': 502 },
    error: '',
  });
  for (const span of [tool, client, handler, server]) span.end();
  return sent;
}
