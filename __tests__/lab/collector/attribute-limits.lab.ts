/** Attributes that are too long for badger, on their way through the real Collector into the real Jaeger with badger. */
import { INTAKE_LIMITS } from '../../../lib/limits';
import { TRUNCATED } from '../../../metrics/span-metrics';
import { sha256 } from '../../support/collector-rules';
import { type RunningCollector, startCollector } from '../programs/collector';
import { startRenderedJaeger } from '../programs/jaeger';
import { type Attributes, sendSpans, type TestSpan } from '../programs/otlp';
import { type StoredSpan, storedSpans } from '../programs/stored';

const { attributeBytes, attributeCount } = INTAKE_LIMITS;
/** One index key of badger, less what is before and after the value in it. */
const BADGER_BYTES = 65_000;

/** Each under a key that is known, whose value no other processor looks at. */
const TOO_LONG: readonly (readonly [string, Attributes])[] = [
  ['a string', { 'http.target': `/${'s'.repeat(40_000)}` }],
  ['a string of characters of several bytes', { 'db.statement': '€'.repeat(15_000) }],
  ['a list', { 'http.target': Array.from({ length: 7000 }, (_, index) => `item ${index}`) }],
  ['a list of one text', { 'db.statement': ['l'.repeat(70_000)] }],
  [
    'a map',
    { 'db.statement': Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, 'v'.repeat(400)])) },
  ],
  ['bytes', { 'db.statement': new Uint8Array(50_000).fill(255) }],
  ['300 attributes', Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`a${index}`, index]))],
  // Jaeger writes lists and maps as JSON, in which each of these characters has six bytes.
  ['a list of characters that JSON escapes', { 'http.target': ['<'.repeat(12_000)] }],
  ['a map of characters that JSON escapes', { 'db.statement': { text: '&'.repeat(32_000) } }],
];
const SHORT_ENOUGH: readonly (readonly [string, Attributes])[] = [
  ['a plain span', { 'http.target': '/v1/models', 'db.statement': 'select 1' }],
  ['a string at the limit', { 'db.statement': 's'.repeat(attributeBytes) }],
  ['a list of 10,000 bytes', { 'db.statement': Array.from({ length: 1000 }, () => 'seven b') }],
  ['256 attributes', Object.fromEntries(Array.from({ length: attributeCount }, (_, index) => [`a${index}`, index]))],
];

let jaeger: Awaited<ReturnType<typeof startRenderedJaeger>>;
let collector: RunningCollector;

beforeAll(async () => {
  jaeger = await startRenderedJaeger();
  collector = await startCollector('collector: {pii: full}', jaeger.address);
});
afterAll(async () => {
  await collector?.stop();
  await jaeger?.stop();
});

/** Bytes of the longest value as badger's index has it. */
const longest = ({ attributes }: StoredSpan): number =>
  Math.max(...Object.values(attributes).map((value) => Buffer.byteLength(String(value))));

describe.each(TOO_LONG)('%s', (name, attributes) => {
  const traceId = sha256(name).slice(0, 32);
  const span = (of: Pick<TestSpan, 'name' | 'attributes'>): TestSpan => ({ kind: 'internal', traceId, ...of });
  let stored: readonly StoredSpan[] = [];

  beforeAll(async () => {
    const events = [{ name: 'seen', attributes }];
    await sendSpans(collector.endpoint, [
      { ...span({ name: 'long', attributes }), events },
      ...SHORT_ENOUGH.map(([other, short]) => span({ name: other, attributes: short })),
    ]);
    stored = storedSpans(await jaeger.trace(traceId, 1 + SHORT_ENOUGH.length));
  });

  test('arrives shortened and marked, in the span and in its event', () => {
    const found = stored.find((one) => one.name === 'long');
    if (found === undefined) throw new Error('it is not there');
    for (const of of [found.attributes, ...found.events]) {
      expect(of[TRUNCATED]).toBe(true);
      // With the mark, and what Jaeger adds: kind and scope, or the name of the event.
      expect(Object.keys(of).length).toBeLessThanOrEqual(attributeCount + 3);
    }
    expect(longest(found)).toBeLessThan(BADGER_BYTES);
    expect(found.events).toHaveLength(1);
  });

  test.each(SHORT_ENOUGH)('and %s of the same request arrives whole and unmarked', (other, short) => {
    const found = stored.find((one) => one.name === other)?.attributes ?? {};
    expect(found).not.toHaveProperty([TRUNCATED]);
    expect(Object.keys(found)).toEqual(expect.arrayContaining(Object.keys(short)));
  });
});
