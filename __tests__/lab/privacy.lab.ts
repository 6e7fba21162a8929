/** Personal data on its way through the real Collector into the real Jaeger: what comes out is looked through as a whole. */
import { createHash } from 'node:crypto';
import { until } from '../../lab/commands';
import { type RunningCollector, startCollector, total } from './programs/collector';
import { type RunningJaeger, startJaeger } from './programs/jaeger';
import { type Attributes, LLM_API, sendCounter, sendSpans } from './programs/otlp';

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
/** Attributes with a URL, of which the query and the credentials are personal. */
const URLS: Attributes = {
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
  'conversation.id': 'conv_1',
  'gen_ai.request.model': 'jan-v1',
  'llm.usage.prompt_tokens': 21,
};

const SALT = '0123456789abcdef0123456789abcdef';
const LEVELS = {
  none: 'collector: {pii: none}',
  hashed: 'collector: {pii: hashed}',
  salted: 'collector: {piiSaltSecret: {name: pii, key: salt}}',
  full: 'collector: {pii: full}',
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

  beforeAll(async () => {
    collector = await startCollector(text, jaeger.address, { PII_SALT: SALT });
    await sendSpans(
      collector.endpoint,
      [
        {
          name: `POST /v1/chat/completions?token=${RAW}`,
          kind: 'server',
          traceId,
          attributes: { 'http.method': 'POST', ...PERSONAL, ...URLS, ...KEPT },
          events: [
            { name: 'gen_ai.user.message', attributes: { content: PROMPT } },
            { name: 'seen', attributes: { ...PERSONAL, ...URLS } },
            { name: 'odd', attributes: ODD },
          ],
        },
        { name: 'ask the provider', kind: 'client', traceId, attributes: { 'network.peer.address': '10.0.0.9' } },
      ],
      { ...LLM_API, 'user.id': RAW },
    );
    answer = await jaeger.trace(traceId, 2);
    const [server, client] = ['POST', 'ask the provider'].map((name) => {
      const span = (JSON.parse(answer) as Trace).data[0]?.spans.find(({ operationName }) => operationName === name);
      return Object.fromEntries((span?.tags ?? []).map(({ key, value }) => [key, value]));
    });
    tags = server ?? {};
    called = client ?? {};
  });
  afterAll(() => collector?.stop());

  const raw = [RAW, `${USER}`, ADDRESS];

  test(level === 'full' ? 'Jaeger has all of it' : 'nothing of it is anywhere in the answer of Jaeger', () => {
    expect(raw.filter((value) => answer.includes(value))).toEqual(level === 'full' ? raw : []);
  });

  test('what is not personal is kept', () => {
    expect(tags).toMatchObject(KEPT);
    expect(called['network.peer.address']).toBe('10.0.0.9');
  });

  if (level === 'none') {
    test('the attributes are gone, and URLs end before their query', () => {
      expect(Object.keys(tags).filter((key) => key in PERSONAL)).toEqual([]);
      expect(tags).toMatchObject({
        'http.url': 'https://jan.example/v1/chat/completions',
        'url.full': 'https://jan.example/v1/chat/completions',
        'http.target': '/v1/chat/completions',
        unsanitized_span_name: 'POST /v1/chat/completions',
      });
    });
  }

  if (level === 'hashed' || level === 'salted') {
    test('one value has one hash, whatever its type and wherever it stands', () => {
      const salt = level === 'salted' ? SALT : '';
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

  test('metrics of services keep their sums, and have no raw value where something is to be changed', async () => {
    await sendCounter(collector.endpoint, 'logins', [{ 'user.id': `${RAW}-1` }, { 'user.id': `${RAW}-2` }]);
    await until(async () => (await total(collector, 'logins_total')).sum === 2, 'both series', 30);
    expect((await total(collector, 'logins_total')).count).toBe(2);
    const ids = [...(await collector.series()).keys()].join('\n');
    expect(ids.includes(RAW)).toBe(level === 'full');
  });
});
