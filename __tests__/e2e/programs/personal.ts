/** Sends one span with personal data in all the places where there is some, as llm-api, to ENDPOINT. Prints the trace's identifier. */
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { exportersFor } from './exporters';
import { providerOf } from './jan-trace';
import { run } from './run';

async function main(): Promise<void> {
  const { ENDPOINT = '', RAW = '', USER = '', ADDRESS = '' } = process.env;
  const provider = providerOf('llm-api', [new SimpleSpanProcessor(exportersFor('protobuf', ENDPOINT).spans)]);
  const personal = {
    'user.id': Number(USER),
    'enduser.id': RAW,
    'http.client_ip': ADDRESS,
    'client.address': ADDRESS,
    'network.peer.address': ADDRESS,
    'http.user_agent': RAW,
    'http.url': `https://${RAW}:${RAW}@jan.example/v1/chat/completions?token=${RAW}`,
    'http.target': `/v1/chat/completions?token=${RAW}`,
    'url.path': `/v1/users/${RAW}@jan.example/profile`,
    'url.query': `token=${RAW}`,
    'http.request.header.cookie': [RAW],
    'gen_ai.input.messages': `first line ${RAW}\nsecond line ${RAW}`,
    'gen_ai.completion.0.content': RAW,
  };
  const attributes = { 'http.method': 'POST', 'http.route': '/v1/personal', 'conversation.id': 'conv_1', ...personal };
  const span = provider
    .getTracer('personal')
    .startSpan(`POST /v1/personal?token=${RAW}`, { kind: SpanKind.SERVER, attributes });
  span.addEvent('gen_ai.user.message', { content: RAW, ...personal });
  // A provider's error that quotes the prompt, as llm-api writes it down.
  const message = `[domain][EXTERNAL][e2e] request failed: {"error":{"message":"Invalid prompt: ${RAW}"}}`;
  span.addEvent('completion_fallback', { error: message });
  span.recordException(new Error(message));
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.end();
  await provider.shutdown();
  process.stdout.write(`${JSON.stringify(span.spanContext().traceId)}\n`);
}

run(main);
