/** The captured spans of Jan Server, read without any rule of the Collector. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FILE = join(__dirname, 'fixtures/jan-server-2026-11/otlp-traces.jsonl.gz');

/** The capture as text: one export request a line. */
export const CAPTURE = gunzipSync(readFileSync(FILE)).toString();
export const REQUESTS: readonly string[] = CAPTURE.trim().split('\n');

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface OtlpSpan {
  readonly traceId: string;
  readonly name: string;
  readonly kind?: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly Attribute[];
  readonly events?: readonly { readonly name: string; readonly attributes?: readonly Attribute[] }[];
  readonly status?: { readonly code?: number; readonly message?: string };
}
interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** Attributes with their values as text. */
type Attributes = Readonly<Record<string, string>>;

/** A captured span. */
export interface CapturedSpan extends Pick<OtlpSpan, 'traceId' | 'name' | 'startTimeUnixNano' | 'endTimeUnixNano'> {
  readonly service: string;
  readonly kind: 'internal' | 'server' | 'client';
  readonly status: 'unset' | 'ok' | 'error';
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
}

const attributesOf = (attributes: readonly Attribute[] = []): Attributes =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]));

const KINDS = { 1: 'internal', 2: 'server', 3: 'client' } as const;
const CODES = { 0: 'unset', 1: 'ok', 2: 'error' } as const;

const spanOf = (service: string, { status, attributes, events = [], kind, ...span }: OtlpSpan): CapturedSpan => ({
  ...span,
  service,
  kind: KINDS[(kind ?? 1) as keyof typeof KINDS],
  status: CODES[(status?.code ?? 0) as keyof typeof CODES],
  attributes: attributesOf(attributes),
  events: events.map((event) => ({ name: event.name, attributes: attributesOf(event.attributes) })),
});

export const SPANS: readonly CapturedSpan[] = REQUESTS.flatMap((line) =>
  (JSON.parse(line) as Export).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = attributesOf(resource.attributes)['service.name'] ?? '';
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => spanOf(service, span)));
  }),
);

/** The HTTP status of a span, in either of the conventions; 0 without one. */
export const httpStatus = ({ attributes }: CapturedSpan): number =>
  Number(attributes['http.status_code'] ?? attributes['http.response.status_code'] ?? 0);
