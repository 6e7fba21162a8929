/** Personal data on its way through the real Collector into the real Jaeger: what comes out is looked through as a whole. */
import { createHash } from 'node:crypto';
import { until } from '../../../lab/commands';
import { type RunningCollector, startCollector, total } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { type Attributes, LLM_API, sendCounter, sendLog, sendSpans } from '../programs/otlp';

/** No hash and no name of an attribute has this in it. */
const RAW = 'ZZ-raw';
const USER = 42_424_242;
const ADDRESS = '203.0.113.77';
const PROMPT = `first line ${RAW}\nsecond line ${RAW}`;

/** Attributes that are personal, in all the conventions that are known. */
const PERSONAL: Attributes = {
  'user.id': USER,
  'user.email': `${RAW}@example.com`,
  'enduser.id': RAW,
  'session.id': RAW,
  'http.client_ip': ADDRESS,
  'client.address': ADDRESS,
  'net.peer.ip': ADDRESS,
  'network.peer.address': ADDRESS,
  'http.user_agent': RAW,
  'user_agent.original': RAW,
  'url.query': `q=${RAW}`,
  'http.request.header.cookie': [RAW],
  'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: PROMPT }] }],
  'gen_ai.output.messages': PROMPT,
  'gen_ai.system_instructions': PROMPT,
  'gen_ai.prompt.0.content': PROMPT,
  'gen_ai.completion.0.content': PROMPT,
  'gen_ai.tool.call.arguments': { where: RAW },
  'llm.prompts.0.content': PROMPT,
  'llm.input_messages.0.message.content': PROMPT,
  'traceloop.entity.input': PROMPT,
  'input.value': PROMPT,
  'chat.content': PROMPT,
};
/** A provider's error that quotes the prompt, as llm-api wraps it, and what is known of it. */
const QUOTING = `[domain][EXTERNAL][a1f4] request failed: {"error":{"message":"Invalid prompt: \\"${PROMPT}\\"","type":"invalid_request_error"}}`;
const KNOWN = '[EXTERNAL] invalid_request_error';

/** Texts that a program outside may have quoted. */
const TEXTS: Attributes = {
  'error.message': QUOTING,
  'exception.message': QUOTING,
  'exception.stacktrace': `Error: ${PROMPT}\n at ask (file.js:1)`,
  'tool.error': RAW,
  'provider.error_message': RAW,
  'log.message': RAW,
  'db.query.parameter.0': RAW,
  error: QUOTING,
};
/** Attributes with a URL, of which the query, the credentials and who is in the path are personal. */
const URLS: Attributes = {
  'url.path': `/v1/users/${RAW}@example.com/profile`,
  'http.url': `https://${RAW}:pw@jan.example/v1/chat/completions?token=${RAW}#${RAW}`,
  'url.full': `https://jan.example/v1/chat/completions?token=${RAW}`,
  'http.target': `/v1/chat/completions?token=${RAW}`,
};
/** A URL where there should be text: it is removed. */
const ODD: Attributes = { 'url.full': [`https://jan.example/?token=${RAW}`], 'user.map': { id: RAW } };
/** What looks like them, and is kept. */
const KEPT: Attributes = {
  'chat.model': 'jan-v1',
  'completion.status': 'success',
  'error.type': '500',
  'exception.type': '*errors.errorString',
  'conversation.id': 'conv_1',
  'gen_ai.request.model': 'jan-v1',
  'llm.usage.prompt_tokens': 21,
};

const SALT = '0123456789abcdef0123456789abcdef';
const LEVELS = {
  none: 'collector: {debug: true, pii: none}',
  hashed: 'collector: {debug: true, pii: hashed}',
  salted: 'collector: {debug: true, piiSaltSecret: {name: pii, key: salt}}',
  full: 'collector: {debug: true, pii: full}',
} as const;
type Level = keyof typeof LEVELS;

interface Trace {
  readonly data: readonly {
    readonly spans: readonly {
      readonly operationName: string;
      readonly tags: readonly { readonly key: string; readonly value: unknown }[];
    }[];
  }[];
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let jaeger: RunningJaeger;
beforeAll(async () => {
  jaeger = await startJaeger();
});
afterAll(() => jaeger?.stop());

describe.each(Object.entries(LEVELS) as [Level, string][])('%s', (level, text) => {
  const traceId = sha256(level).slice(0, 32);
  let collector: RunningCollector;
  let answer = '';
  let tags: Readonly<Record<string, unknown>> = {};
  let called: Readonly<Record<string, unknown>> = {};
  let routed: Readonly<Record<string, unknown>> = {};

  beforeAll(async () => {
    collector = await startCollector(text, jaeger.address, { PII_SALT: SALT });
    await sendSpans(
      collector.endpoint,
      [
        {
          name: `POST /v1/chat/completions?token=${RAW}`,
          kind: 'server',
          traceId,
          status: 'error',
          message: QUOTING,
          attributes: { 'http.method': 'POST', ...PERSONAL, ...TEXTS, ...URLS, ...KEPT },
          events: [
            { name: 'gen_ai.user.message', attributes: { content: PROMPT } },
            { name: 'seen', attributes: { ...PERSONAL, ...TEXTS, ...URLS } },
            { name: 'odd', attributes: ODD },
          ],
        },
        {
          name: 'ask the provider',
          kind: 'client',
          status: 'error',
          message: 'dial tcp 10.0.0.9:80: connect: connection refused',
          traceId,
          attributes: {
            'network.peer.address': '10.0.0.9',
            'url.full': `http://10.0.0.9:8101/v1/files/${RAW}_1234567?token=${RAW}`,
            error: true,
          },
        },
        {
          name: 'GET /v1/users/:name',
          kind: 'server',
          traceId,
          attributes: {
            'http.method': 'GET',
            'http.route': '/v1/users/:name',
            'http.target': `/v1/users/${RAW}`,
            'http.url': `https://jan.example/v1/users/${RAW}?q=1`,
          },
        },
      ],
      { ...LLM_API, 'user.id': RAW },
    );
    answer = await jaeger.trace(traceId, 3);
    const [server, client, named] = ['POST', 'ask the provider', 'GET /v1/users/:name'].map((name) => {
      const span = (JSON.parse(answer) as Trace).data[0]?.spans.find(({ operationName }) => operationName === name);
      return Object.fromEntries((span?.tags ?? []).map(({ key, value }) => [key, value]));
    });
    tags = server ?? {};
    called = client ?? {};
    routed = named ?? {};
  });
  afterAll(() => collector?.stop());

  const raw = [RAW, `${USER}`, ADDRESS];

  test(level === 'full' ? 'Jaeger has all personal values' : "no personal value is anywhere in Jaeger's answer", () => {
    expect(raw.filter((value) => answer.includes(value))).toEqual(level === 'full' ? raw : []);
  });

  test('other values are kept', () => {
    expect(tags).toMatchObject(KEPT);
    expect(called).toMatchObject({ 'network.peer.address': '10.0.0.9', error: true });
  });

  if (level === 'none') {
    test('the attributes are gone, and URLs end before their query', () => {
      const gone = {
        ...PERSONAL,
        'exception.message': 0,
        'error.message': 0,
        'exception.stacktrace': 0,
        'tool.error': 0,
        unsanitized_span_name: 0,
      };
      expect(Object.keys(tags).filter((key) => key in gone)).toEqual([]);
      expect(tags).toMatchObject({
        'http.url': 'https://jan.example/v1/chat/completions',
        'url.full': 'https://jan.example/v1/chat/completions',
        'http.target': '/v1/chat/completions',
        'url.path': '/v1/users/{id}/profile',
      });
      expect(called).toMatchObject({ 'url.full': 'http://10.0.0.9:8101/v1/files/{id}' });
      expect(routed).toMatchObject({ 'http.target': '/v1/users/:name', 'http.url': '/v1/users/:name' });
    });

    test('known causes of an error are kept', () => {
      expect(tags).toMatchObject({
        'otel.status_description': KNOWN,
        'otelcol.error.known': KNOWN,
      });
      expect(called).toMatchObject({ 'otel.status_description': 'connection refused' });
    });
  }

  if (level === 'hashed' || level === 'salted') {
    const salt = level === 'salted' ? SALT : '';

    test('known causes of an error are kept, and its text is one hash', () => {
      const hash = sha256(`${salt}${QUOTING}`);
      expect(tags).toMatchObject({
        'otel.status_description': `${KNOWN} ${hash}`,
        'otelcol.error.known': KNOWN,
        'exception.message': hash,
        'error.message': hash,
        error: true,
      });
      // In the event, where Jaeger sets no flag of its own.
      expect(answer).toContain(`{"key":"error","type":"string","value":"${hash}"}`);
      const refused = 'dial tcp 10.0.0.9:80: connect: connection refused';
      expect(called).toMatchObject({ 'otel.status_description': `connection refused ${sha256(`${salt}${refused}`)}` });
    });

    test('an identity in a path is hashed, and a path with a route is replaced by the route', () => {
      expect(tags).toMatchObject({ 'url.path': `/v1/users/${sha256(`${salt}${RAW}@example.com`)}/profile` });
      expect(called['url.full']).toMatch(/^http:\/\/10\.0\.0\.9:8101\/v1\/files\/[0-9a-f]{64}\?[0-9a-f]{64}$/);
      expect(routed).toMatchObject({ 'http.target': `/v1/users/:name#${sha256(`${salt}/v1/users/${RAW}`)}` });
    });

    test('one value has one hash, whatever its type and wherever it stands', () => {
      expect(tags).toMatchObject({
        'user.id': sha256(`${salt}${USER}`),
        'client.address': sha256(`${salt}${ADDRESS}`),
        'http.client_ip': sha256(`${salt}${ADDRESS}`),
        'gen_ai.prompt.0.content': sha256(`${salt}${PROMPT}`),
        'http.target': `/v1/chat/completions?${sha256(`${salt}?token=${RAW}`)}`,
      });
      expect(Object.keys(PERSONAL).filter((key) => !/^[0-9a-f]{64}$/.test(String(tags[key])))).toEqual([]);
    });
  }

  test('no text of a log is exported', async () => {
    await sendLog(collector.endpoint, QUOTING, { ...PERSONAL, ...TEXTS });
    await until(() => collector.log().includes('LogRecord #0'), 'the log to be printed');
    const [, printed = ''] = collector.log().split('LogRecord #0');
    expect(printed.includes(RAW)).toBe(level === 'full');
  });

  test('metrics of services keep their sums, and have no raw value where something is to be changed', async () => {
    await sendCounter(collector.endpoint, 'logins', [{ 'user.id': `${RAW}-1` }, { 'user.id': `${RAW}-2` }]);
    await until(async () => (await total(collector, 'logins_total')).sum === 2, 'both series');
    expect((await total(collector, 'logins_total')).count).toBe(2);
    const ids = [...(await collector.series()).keys()].join('\n');
    expect(ids.includes(RAW)).toBe(level === 'full');
  });
});
