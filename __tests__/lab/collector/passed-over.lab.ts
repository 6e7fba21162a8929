/**
 * The Collector passes over clean texts and known keys. What the real one stores is what its statements make of each text and key if
 * they always run: so its patterns mean in Go what they mean in the tests of the charts.
 */
import { CLEAN_NAME, CLEAN_PATH, CLEAN_URL } from '../../../charts/collector/clean-text';
import { ORIGINAL_NAME } from '../../../charts/collector/http-conventions';
import { FREQUENT, OF_RESOURCES, OF_SPANS, PEERS } from '../../../charts/collector/personal-attributes';
import { PEER } from '../../../metrics/span-metrics';
import { PERSONAL_KEYS, QUOTING_KEYS, rules, sha256 } from '../../support/collector-rules';
import { keysOf, names, paths, sample, urls } from '../../support/collector-texts';
import { type RunningCollector, startCollector } from '../programs/collector';
import { type RunningJaeger, startJaeger } from '../programs/jaeger';
import { LLM_API, sendSpans, type TestSpan } from '../programs/otlp';
import { type StoredSpan, storedSpans } from '../programs/stored';

const TEXTS = 600;
const rewritten = rules();

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

/** Sends spans as one trace, and waits until Jaeger has all. */
async function stored(trace: string, spans: readonly Omit<TestSpan, 'traceId'>[]): Promise<readonly StoredSpan[]> {
  const traceId = sha256(trace).slice(0, 32);
  await sendSpans(
    collector.endpoint,
    spans.map((span) => ({ ...span, traceId })),
  );
  return storedSpans(await jaeger.trace(traceId, spans.length));
}

/** A number as letters that are no hexadecimal digits: a name that stays as it is. */
const letters = (index: number): string =>
  String(index).replace(/[0-9]/g, (digit) => 'ghjkmnpqrs'[Number(digit)] ?? '');

describe('texts', () => {
  const INDEX = 'test.index';
  const span = (attributes: TestSpan['attributes']): TestSpan => ({ name: 'text', kind: 'internal', attributes });
  const ofAttribute =
    (key: string) =>
    ({ attributes }: StoredSpan) =>
      attributes[key];
  const KINDS = [
    [
      'names',
      CLEAN_NAME,
      // Jaeger stores another text for an empty name.
      sample(names, TEXTS).filter((text) => rewritten.name(text).text !== ''),
      rewritten.name,
      (name: string, index: number): TestSpan => ({ ...span({ [INDEX]: index }), name }),
      ({ name }: StoredSpan) => name,
    ],
    [
      'routes',
      CLEAN_PATH,
      sample(paths, TEXTS),
      rewritten.route,
      (text: string, index: number) => span({ [INDEX]: index, 'http.route': text }),
      ofAttribute('http.route'),
    ],
    [
      'URLs',
      CLEAN_URL,
      sample(urls, TEXTS),
      rewritten.url,
      (text: string, index: number) => span({ [INDEX]: index, 'url.full': text }),
      ofAttribute('url.full'),
    ],
  ] as const;

  test.each(KINDS)('%s', async (kind, clean, texts, rule, toSpan, read) => {
    const all = await stored(kind, texts.map(toSpan));
    const found = new Map(all.map((one) => [one.attributes[INDEX], read(one)]));
    const wrong = texts
      .map((text, index) => ({ text, expected: rule(text).text, stored: found.get(index) }))
      .filter(({ expected, stored: actual }) => actual !== expected);
    expect(wrong).toEqual([]);
    const cleanOnes = texts.filter((text) => new RegExp(clean).test(text)).length;
    expect(cleanOnes).toBeGreaterThan(TEXTS / 20);
    expect(texts.filter((text) => rule(text).text !== text).length).toBeGreaterThan(TEXTS / 5);
  });
});

describe('keys', () => {
  const VALUE = 'first line\nsecond line';
  const isPersonal = (key: string): boolean => PERSONAL_KEYS.test(key) || QUOTING_KEYS.test(key);
  const expected = (keys: readonly string[]) =>
    Object.fromEntries(keys.map((key) => [key, isPersonal(key) ? sha256(VALUE) : VALUE]));
  const valued = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, VALUE]));

  /** Other statements write or remove these. */
  const OTHERS = ['error', PEER, ORIGINAL_NAME, 'http.method', 'http.request.method', 'service.name'];
  const ofResource = ['service.instance.id', 'environment', 'deployment.environment', 'deployment.environment.name'];
  // Jaeger moves these from spans to the resource.
  const OF_LIBRARIES = /^(otel|telemetry)\./;
  const isOwn = (key: string): boolean => !OTHERS.includes(key) && !OF_LIBRARIES.test(key);
  const known = [...FREQUENT, ...OF_RESOURCES, ...OF_SPANS, ...PEERS];
  const personal = ['user.x', 'http.request.header.x', 'gen_ai.prompt.0', 'llm.prompts.0', 'chat.content', 'x.message'];
  const all = [
    ...new Set(sample(keysOf([...known, ...Array.from({ length: 20 }, () => personal).flat()]), 1000)),
  ].filter(isOwn);

  test('some hundreds, of spans, events and resources', async () => {
    const groups = Array.from({ length: Math.ceil(all.length / 40) }, (_, index) =>
      all.slice(index * 40, (index + 1) * 40),
    );
    const traceId = sha256('keys').slice(0, 32);
    for (const [index, keys] of groups.entries()) {
      const events = [{ name: 'seen', attributes: valued(keys) }];
      const span: TestSpan = { name: letters(index), kind: 'internal', traceId, attributes: valued(keys), events };
      await sendSpans(collector.endpoint, [span], { ...valued(keys), ...LLM_API });
    }
    const spans = storedSpans(await jaeger.trace(traceId, groups.length));
    for (const [index, keys] of groups.entries()) {
      const { attributes, events, resource } = spans.find(({ name }) => name === letters(index)) ?? {};
      expect(attributes).toMatchObject(expected(keys));
      expect(events?.[0]).toMatchObject(expected(keys));
      const others = keys.filter((key) => !(key in LLM_API) && !ofResource.includes(key));
      expect(resource).toMatchObject(expected(others));
    }
    expect(all.filter(isPersonal).length).toBeGreaterThan(60);
    expect(all.length).toBeGreaterThan(500);
  });

  test('known ones, each on a span without another', async () => {
    const keys = [...FREQUENT, ...OF_SPANS, ...PEERS].filter(isOwn);
    const spans = await stored(
      'known',
      keys.map((key, index) => ({ name: letters(index), kind: 'internal', attributes: { [key]: VALUE } })),
    );
    const found = Object.fromEntries(
      keys.map((key, index) => [key, spans.find(({ name }) => name === letters(index))?.attributes[key]]),
    );
    expect(found).toEqual(expected(keys));
  });

  test('addresses of peers are hashed on spans of servers and in their events', async () => {
    const events = [{ name: 'seen', attributes: valued(PEERS) }];
    const attributes = valued(PEERS);
    const [server] = await stored('server', [{ name: 'serve', kind: 'server', attributes, events }]);
    const [client] = await stored('client', [{ name: 'ask', kind: 'client', attributes, events }]);
    const hashed = Object.fromEntries(PEERS.map((key) => [key, sha256(VALUE)]));
    for (const found of [server?.attributes, server?.events[0]]) expect(found).toMatchObject(hashed);
    for (const found of [client?.attributes, client?.events[0]]) expect(found).toMatchObject(attributes);
  });
});
