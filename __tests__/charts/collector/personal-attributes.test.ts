/** Which keys are personal: the patterns find what plain alternatives find, and the lists of known keys agree with the patterns. */
import { RE2JS } from 're2js';
import {
  FREQUENT,
  OF_RESOURCES,
  OF_SPANS,
  PEERS,
  PERSONAL,
  QUOTING,
} from '../../../charts/collector/personal-attributes';
import { REQUESTS, SPANS } from '../../lab/jan-server/capture';
import { PERSONAL_KEYS, QUOTING_KEYS } from '../../support/collector-rules';
import { keysOf, sample } from '../../support/collector-texts';

const personal = new RegExp(PERSONAL);
const quoting = new RegExp(QUOTING);
const inGo = RE2JS.compile(PERSONAL);

/** Keys that the alternatives name, besides those of the lists. */
const NAMED = [
  'user.email',
  'enduser.id',
  'client.socket.address',
  'source.address',
  'http.request.header.cookie',
  'http.response.header.set-cookie',
  'gen_ai.input.messages.0.content',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.prompt.0.content',
  'gen_ai.completion',
  'llm.prompts.0.content',
  'llm.prompt',
  'llm.completions',
  'llm.input_messages',
  'llm.output_messages',
  'traceloop.entity.input',
  'traceloop.entity.output',
  'input.value',
  'output.value',
  'db.query.parameter.0',
  'stacktrace',
  'chat.content',
  'message.prompt',
  'messages.response',
  'completion',
  'tool.error_message',
  'provider.status_description',
  'x.status_message',
  'x.stack',
];
/** Personal ones are as many as the others. */
const ALL = [...FREQUENT, ...OF_RESOURCES, ...OF_SPANS, ...PEERS, ...Array.from({ length: 8 }, () => NAMED).flat()];

describe('the lists', () => {
  test.each([
    ['resources', OF_RESOURCES],
    ['spans', OF_SPANS],
  ])('of %s have no key that is rewritten', (_what, known) => {
    expect(known.filter((key) => personal.test(key) || quoting.test(key))).toEqual([]);
    expect(known.filter((key) => PERSONAL_KEYS.test(key) || QUOTING_KEYS.test(key))).toEqual([]);
    expect(known.filter((key) => PEERS.includes(key) || FREQUENT.includes(key))).toEqual([]);
  });

  test.each([
    ['resources', OF_RESOURCES],
    ['spans', OF_SPANS],
    ['frequent ones', FREQUENT],
    ['peers', PEERS],
  ])('of %s have no key twice', (_what, keys) => expect(new Set(keys).size).toBe(keys.length));

  test('of frequent ones have only keys that are rewritten', () =>
    expect(FREQUENT.filter((key) => !PERSONAL_KEYS.test(key) && !QUOTING_KEYS.test(key))).toEqual([]));

  test('of peers have none that is also found by its key: it would be rewritten twice', () =>
    expect(PEERS.filter((key) => personal.test(key) || quoting.test(key))).toEqual([]));
});

describe('the patterns', () => {
  test('find the same as plain alternatives', () => {
    const keys = new Set(sample(keysOf(ALL), 40_000));
    const found = [...keys].filter((key) => PERSONAL_KEYS.test(key));
    expect([...keys].filter((key) => personal.test(key))).toEqual(found);
    expect([...keys].filter((key) => inGo.test(key))).toEqual(found);
    expect([...keys].filter((key) => quoting.test(key))).toEqual([...keys].filter((key) => QUOTING_KEYS.test(key)));
    expect(found.length).toBeGreaterThan(1500);
    expect(keys.size - found.length).toBeGreaterThan(10_000);
  });

  test('find each of the named keys', () =>
    expect(NAMED.filter((key) => !personal.test(key) && !quoting.test(key))).toEqual([]));
});

describe('in the capture of Jan Server', () => {
  /** Keys of all attributes: of resources, scopes, spans and events. */
  const keys = new Set(REQUESTS.flatMap((line) => [...line.matchAll(/"key":"([^"]+)"/g)].map(([, key = '']) => key)));

  test('the patterns find the same as plain alternatives', () => {
    expect(keys.size).toBeGreaterThan(50);
    const found = [...keys].filter((key) => PERSONAL_KEYS.test(key));
    expect(found.length).toBeGreaterThan(3);
    expect([...keys].filter((key) => personal.test(key))).toEqual(found);
  });

  test('keys of spans are all in the lists, so that none is searched', () => {
    const known = new Set([...OF_SPANS, ...FREQUENT, ...PEERS]);
    const ofSpans = new Set(SPANS.flatMap(({ attributes }) => Object.keys(attributes)));
    expect(ofSpans.size).toBeGreaterThan(40);
    expect([...ofSpans].filter((key) => !known.has(key))).toEqual([]);
  });
});
