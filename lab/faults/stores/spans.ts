/** Requests of spans: one trace each, with ids that no other request has. */
import { randomBytes } from 'node:crypto';
import type { ExportRequest } from './sender';

/** The service that all spans are of. */
export const SERVICE = 'faults';

/** Spans of one request. */
const SPANS = 10;

/** What differs from the usual request. */
export interface SpanOptions {
  /** Milliseconds added to the clock. @default 0 */
  readonly skew?: number;
  /** Letters of an attribute of each span. @default 0 */
  readonly padding?: number;
}

/** An id of a span is that of its trace and its own. */
const idOf = (traceId: string, spanId: string) => `${traceId}/${spanId}`;

/** The trace of a span's id. */
export const traceOf = (id: string): string => id.split('/')[0] ?? id;

/** Makes one request. */
export function spanRequest({ skew = 0, padding = 0 }: SpanOptions = {}): ExportRequest {
  const traceId = randomBytes(16).toString('hex');
  const end = BigInt(Date.now() + skew) * 1_000_000n;
  const spans = Array.from({ length: SPANS }, () => ({
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: 'work',
    kind: 2,
    startTimeUnixNano: `${end - 5_000_000n}`,
    endTimeUnixNano: `${end}`,
    attributes: [
      { key: 'http.route', value: { stringValue: '/work' } },
      // Random text, since badger compresses.
      ...(padding > 0 ? [{ key: 'padding', value: { stringValue: randomBytes(padding / 2).toString('hex') } }] : []),
    ],
  }));
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: SERVICE } }] };
  return {
    ids: spans.map(({ spanId }) => idOf(traceId, spanId)),
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
  };
}

interface Answer {
  readonly data?: readonly { readonly spans: readonly { readonly traceID: string; readonly spanID: string }[] }[];
}

/** Traces that are asked for at once: an address line is limited. */
const TRACES_A_QUERY = 50;

/**
 * The ids of all spans that Jaeger has of some traces.
 * @param api URL of Jaeger's HTTP API
 * @throws Error if Jaeger answers with an error
 */
export async function storedSpans(api: string, ids: readonly string[]): Promise<readonly string[]> {
  const traces = [...new Set(ids.map(traceOf))];
  const found: string[] = [];
  for (let first = 0; first < traces.length; first += TRACES_A_QUERY) {
    const query = new URLSearchParams(
      traces.slice(first, first + TRACES_A_QUERY).map((id): [string, string] => ['traceID', id]),
    );
    const response = await fetch(`${api}/traces?${query}`);
    // None of them is known.
    if (response.status === 404) continue;
    if (!response.ok) throw new Error(`Jaeger answered ${response.status}: ${await response.text()}`);
    const { data } = (await response.json()) as Answer;
    for (const { spans } of data ?? []) found.push(...spans.map(({ traceID, spanID }) => idOf(traceID, spanID)));
  }
  return found;
}
