/** Spans and requests that a store might never accept, so that they would stay at the head of the queue. */
import { randomBytes } from 'node:crypto';
import {
  type Attribute,
  attributes,
  type JsonSpan,
  type Request,
  request,
  spanWith,
  text,
  type Value,
} from './request';

/** One kind of poison. */
export interface Poison {
  readonly title: string;
  /** A new request with it. */
  readonly make: () => Request;
}

const one = (title: string, fields: () => Readonly<Record<string, unknown>>): Poison => ({
  title,
  make: () => request([spanWith(fields())]),
});

const many = (count: number, value: (index: number) => string): readonly Attribute[] =>
  Array.from({ length: count }, (_, index) => ({ key: `key.${index}`, value: text(value(index)) }));

const nested = (depth: number): Value =>
  depth === 0 ? text('end') : { kvlistValue: { values: [{ key: 'k', value: nested(depth - 1) }] } };

const spans = (count: number, fields: (index: number) => Readonly<Record<string, unknown>>): readonly JsonSpan[] =>
  Array.from({ length: count }, (_, index) => spanWith(fields(index)));

const LONG = 'x'.repeat(1_000_000);

/** A protobuf request in which a text has bytes that are no UTF-8: JSON cannot have them. */
function invalidUtf8(): Request {
  const id = randomBytes(8);
  const field = (number: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), content]);
  // Numbers of the fields: opentelemetry-proto, trace/v1/trace.proto.
  const bad = Buffer.from([0x66, 0xff, 0xfe, 0xc3, 0x28]);
  const attribute = Buffer.concat([field(1, Buffer.from('user.note')), field(2, field(1, bad))]);
  const span = Buffer.concat([field(1, randomBytes(16)), field(2, id), field(5, bad), field(9, attribute)]);
  const body = field(1, field(2, field(2, span)));
  return { ids: [id.toString('hex')], body: new Uint8Array(body) };
}

/** All kinds. */
export const POISONS: readonly Poison[] = [
  one('an attribute of 1 MB', () => ({ attributes: attributes({ 'db.statement': text(LONG) }) })),
  one('a key of 100 kB', () => ({ attributes: [{ key: 'k'.repeat(100_000), value: text('v') }] })),
  one('10,000 attributes', () => ({ attributes: many(10_000, () => 'v') })),
  one('60 attributes of 60 kB', () => ({ attributes: many(60, () => 'x'.repeat(60_000)) })),
  one('a name of 1 MB', () => ({ name: LONG })),
  one('an event of 1 MB', () => ({
    events: [{ name: 'e', timeUnixNano: '1', attributes: attributes({ 'exception.stacktrace': text(LONG) }) }],
  })),
  one('10,000 events', () => ({
    events: Array.from({ length: 10_000 }, (_, index) => ({ name: `e${index}`, timeUnixNano: `${index}` })),
  })),
  one('1,000 links, to traces of zeros', () => ({
    links: Array.from({ length: 1000 }, () => ({ traceId: '0'.repeat(32), spanId: '0'.repeat(16) })),
  })),
  one('a status message of 1 MB', () => ({ status: { code: 2, message: LONG } })),
  one('a trace state of 1 MB', () => ({ traceState: `a=${LONG}` })),
  { title: 'invalid UTF-8', make: invalidUtf8 },
  one('NUL in a name and a value', () => ({ name: 'a\u0000b', attributes: attributes({ k: text('\u0000') }) })),
  one('bytes of 1 MB', () => ({
    attributes: attributes({ b: { bytesValue: Buffer.alloc(1_000_000).toString('base64') } }),
  })),
  one('maps in maps, 200 deep', () => ({ attributes: attributes({ m: nested(200) }) })),
  one('a list of 10,000 texts', () => ({
    attributes: attributes({ l: { arrayValue: { values: Array.from({ length: 10_000 }, () => text('item')) } } }),
  })),
  one('an attribute twice, and one with an empty key', () => ({
    attributes: [
      { key: 'k', value: text('1') },
      { key: 'k', value: text('2') },
      { key: '', value: text('3') },
    ],
  })),
  one('an end before the start', () => ({ startTimeUnixNano: `${Date.now()}000000`, endTimeUnixNano: '1' })),
  one('no times', () => ({ startTimeUnixNano: '0', endTimeUnixNano: '0' })),
  one('the last time that there is', () => ({
    startTimeUnixNano: '18446744073709551615',
    endTimeUnixNano: '18446744073709551615',
  })),
  one('a kind and a status that do not exist', () => ({ kind: 77, status: { code: 77 } })),
  one('no name', () => ({ name: '' })),
  { title: 'a trace id of zeros', make: () => request([spanWith({ traceId: '0'.repeat(32) })]) },
  { title: 'no trace id', make: () => request([spanWith({ traceId: '' })]) },
  {
    title: 'a span id of zeros',
    make: () => ({ ...request([spanWith({ spanId: '0'.repeat(16) })]), ids: ['0'.repeat(16)] }),
  },
  { title: 'no resource', make: () => request([spanWith()], null) },
  {
    title: 'a resource of 10,000 attributes',
    make: () =>
      request(
        [spanWith()],
        many(10_000, () => 'v'),
      ),
  },
  {
    title: 'a service name of 100 kB',
    make: () => request([spanWith()], attributes({ 'service.name': text('s'.repeat(100_000)) })),
  },
  { title: 'a service without a name', make: () => request([spanWith()], attributes({ 'service.name': text('') })) },
  { title: '2,000 resources in one request', make: () => request(spans(2000, () => ({}))) },
  {
    title: 'a request that grows more than tenfold',
    make: () =>
      request(
        spans(1500, () => ({
          attributes: many(12, (index) => `${index}`).map(({ value }, index) => ({ key: `user.${index}`, value })),
        })),
        [],
      ),
  },
];
