/** Requests in protobuf, as small as OTLP allows (opentelemetry-proto, trace/v1/trace.proto): what grows most in the Collector. */
import { randomBytes } from 'node:crypto';

/** Numbers of the fields that are used. */
const FIELDS = {
  resourceSpans: 1,
  scopeSpans: 2,
  spans: 2,
  traceId: 1,
  spanId: 2,
  start: 7,
  end: 8,
  attributes: 9,
  key: 1,
  value: 2,
};
const STRING_VALUE = 1;

/** A field with bytes in it. */
function field(number: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  for (let rest = content.length; ; rest >>>= 7) {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    if (rest <= 0x7f) break;
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content]);
}

/** A field of eight bytes. */
function time(number: number, milliseconds: number): Buffer {
  const bytes = Buffer.alloc(9, (number << 3) | 1);
  bytes.writeBigUInt64LE(BigInt(milliseconds) * 1_000_000n, 1);
  return bytes;
}

const attribute = (key: string): Buffer =>
  field(
    FIELDS.attributes,
    Buffer.concat([field(FIELDS.key, Buffer.from(key)), field(FIELDS.value, field(STRING_VALUE, Buffer.alloc(0)))]),
  );

/** A resource without attributes that has one span, without a name. The attributes of the span have empty values. */
function resourceSpans(keys: readonly string[]): Buffer {
  const now = Date.now();
  const span = [
    field(FIELDS.traceId, randomBytes(16)),
    field(FIELDS.spanId, randomBytes(8)),
    time(FIELDS.start, now),
    time(FIELDS.end, now),
    ...keys.map(attribute),
  ];
  return field(FIELDS.resourceSpans, field(FIELDS.scopeSpans, field(FIELDS.spans, Buffer.concat(span))));
}

/**
 * A request of as many such resources as fit.
 * @param bytes its size, at most
 * @param keys of the attributes of each span
 */
export function smallestSpans(bytes: number, keys: readonly string[] = []) {
  const count = Math.floor(bytes / resourceSpans(keys).length);
  return { count, request: new Uint8Array(Buffer.concat(Array.from({ length: count }, () => resourceSpans(keys)))) };
}
