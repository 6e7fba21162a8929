/** Requests that no SDK makes: spans in OTLP's JSON, each with an id that is known. */
import { randomBytes } from 'node:crypto';
import type { Answered } from '../../span-load';

/** A value of an attribute in OTLP's JSON (opentelemetry-proto, common/v1/common.proto). */
export type Value =
  | { readonly stringValue: string }
  | { readonly bytesValue: string }
  | { readonly arrayValue: { readonly values: readonly Value[] } }
  | { readonly kvlistValue: { readonly values: readonly Attribute[] } };

/** An attribute in OTLP's JSON. */
export interface Attribute {
  readonly key: string;
  readonly value: Value;
}

/** A span in OTLP's JSON. */
export interface JsonSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly [key: string]: unknown;
}

/** Text as a value. */
export const text = (stringValue: string): Value => ({ stringValue });

/** Attributes by name. */
export const attributes = (values: Readonly<Record<string, Value>>): readonly Attribute[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

const nanoseconds = (milliseconds: number) => `${BigInt(milliseconds) * 1_000_000n}`;

/** A span that is as it should be, with some fields of its own. */
export const spanWith = (fields: Readonly<Record<string, unknown>> = {}): JsonSpan => ({
  traceId: randomBytes(16).toString('hex'),
  spanId: randomBytes(8).toString('hex'),
  name: 'fault',
  kind: 2,
  startTimeUnixNano: nanoseconds(Date.now() - 100),
  endTimeUnixNano: nanoseconds(Date.now()),
  ...fields,
});

/** The service of all these spans. */
export const RESOURCE = attributes({ 'service.name': text('faults'), 'service.instance.id': text('faults-1') });

/** A request with one resource for each span. */
export const requestOf = (spans: readonly JsonSpan[], resource: readonly Attribute[] | null = RESOURCE): object => ({
  resourceSpans: spans.map((span) => ({
    ...(resource !== null && { resource: { attributes: resource } }),
    scopeSpans: [{ spans: [span] }],
  })),
});

/** A body, and the ids in it. */
export interface Request {
  readonly ids: readonly string[];
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** A request of some spans in JSON. */
export const request = (spans: readonly JsonSpan[], resource?: readonly Attribute[] | null): Request => ({
  ids: spans.map(({ spanId }) => spanId),
  body: JSON.stringify(requestOf(spans, resource)),
});

/** Posts a request once. @param endpoint of a receiver over HTTP */
export async function post(endpoint: string, { ids, body }: Request): Promise<Answered> {
  const start = Date.now();
  const type = typeof body === 'string' ? 'application/json' : 'application/x-protobuf';
  const answer = await fetch(`${endpoint}/v1/traces`, { method: 'POST', headers: { 'content-type': type }, body });
  await answer.arrayBuffer();
  return { ids, refusedBy: answer.ok ? null : `${answer.status}`, ms: Date.now() - start };
}
