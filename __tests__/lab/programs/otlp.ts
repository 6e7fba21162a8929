/** Spans in OTLP's JSON, built by hand: tests send what no SDK would, and many at once. */
import { randomBytes } from 'node:crypto';

type Scalar = string | number | boolean;
type Value = Scalar | Uint8Array | readonly Value[] | { readonly [key: string]: Value };

const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** Attributes by name. */
export type Attributes = Readonly<Record<string, Value>>;

/** A span, as far as a test cares. */
export interface TestSpan {
  readonly name: string;
  readonly kind: keyof typeof KINDS;
  readonly attributes?: Attributes;
  readonly events?: readonly { readonly name: string; readonly attributes?: Attributes }[];
  readonly status?: 'unset' | 'ok' | 'error';
  /** Message of the status. */
  readonly message?: string;
  readonly milliseconds?: number;
  readonly traceId?: string;
}

const CODES = { unset: 0, ok: 1, error: 2 } as const;

function toValue(value: Value): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: value } : { doubleValue: value };
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toValue) } };
  return { kvlistValue: { values: attributesOf(value as Attributes) } };
}

const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: toValue(value) }));

function spanOf({
  name,
  kind,
  attributes = {},
  events = [],
  status = 'unset',
  message = '',
  milliseconds = 100,
  traceId,
}: TestSpan) {
  const end = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: `${end - BigInt(milliseconds) * 1_000_000n}`,
    endTimeUnixNano: `${end}`,
    attributes: attributesOf(attributes),
    events: events.map((event) => ({
      name: event.name,
      timeUnixNano: `${end}`,
      attributes: attributesOf(event.attributes ?? {}),
    })),
    status: { code: CODES[status], message },
  };
}

/** What Jan Server's SDK set-up puts into its resource, for one pod of llm-api. */
export const LLM_API: Attributes = {
  'service.name': 'llm-api',
  'service.namespace': 'jan',
  'service.instance.id': 'pod-1',
};

/** Posts one request to an OTLP receiver: an object or text as JSON, bytes as protobuf. @throws Error where it is not accepted */
async function post(url: string, body: object | string | Uint8Array<ArrayBuffer>): Promise<void> {
  const isEncoded = body instanceof Uint8Array;
  const headers = { 'Content-Type': isEncoded ? 'application/x-protobuf' : 'application/json' };
  const content = typeof body === 'string' || isEncoded ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', headers, body: content });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

/** Sends spans of one resource and one scope, as one request. */
export const sendSpans = (
  endpoint: string,
  spans: readonly TestSpan[],
  resource: Attributes = LLM_API,
  scope = 'test',
): Promise<void> =>
  post(`${endpoint}/v1/traces`, {
    resourceSpans: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeSpans: [{ scope: { name: scope }, spans: spans.map(spanOf) }],
      },
    ],
  });

/** Sends an export request of spans as it was recorded. */
export const sendRecorded = (endpoint: string, request: string): Promise<void> =>
  post(`${endpoint}/v1/traces`, request);

/** Sends an export request of spans that is encoded in protobuf. */
export const sendEncoded = (endpoint: string, request: Uint8Array<ArrayBuffer>): Promise<void> =>
  post(`${endpoint}/v1/traces`, request);

/** Sends points of a cumulative counter, one for each set of attributes. */
export const sendCounter = (endpoint: string, name: string, points: readonly Attributes[]): Promise<void> => {
  const now = `${BigInt(Date.now()) * 1_000_000n}`;
  const dataPoints = points.map((attributes) => ({
    attributes: attributesOf(attributes),
    startTimeUnixNano: now,
    timeUnixNano: now,
    asInt: 1,
  }));
  return post(`${endpoint}/v1/metrics`, {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf(LLM_API) },
        scopeMetrics: [{ metrics: [{ name, sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints } }] }],
      },
    ],
  });
};

/** Sends one log record. */
export const sendLog = (endpoint: string, body: string, attributes: Attributes): Promise<void> =>
  post(`${endpoint}/v1/logs`, {
    resourceLogs: [
      {
        resource: { attributes: attributesOf(LLM_API) },
        scopeLogs: [{ logRecords: [{ body: toValue(body), attributes: attributesOf(attributes) }] }],
      },
    ],
  });
