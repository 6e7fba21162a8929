/** Spans as Jaeger's API returns them, read. */

/** Attributes by name. */
export type StoredAttributes = Readonly<Record<string, unknown>>;

/** A span that is stored. */
export interface StoredSpan {
  readonly name: string;
  readonly attributes: StoredAttributes;
  readonly events: readonly StoredAttributes[];
  readonly resource: StoredAttributes;
}

interface Tag {
  readonly key: string;
  readonly value: unknown;
}
interface Answer {
  readonly data: readonly {
    readonly processes: Readonly<Record<string, { readonly tags?: readonly Tag[] }>>;
    readonly spans: readonly {
      readonly operationName: string;
      readonly processID: string;
      readonly tags?: readonly Tag[];
      readonly logs?: readonly { readonly fields: readonly Tag[] }[];
    }[];
  }[];
}

const attributesOf = (tags: readonly Tag[] = []): StoredAttributes =>
  Object.fromEntries(tags.map(({ key, value }) => [key, value]));

/** The spans of Jaeger's answer about a trace. */
export const storedSpans = (answer: string): readonly StoredSpan[] =>
  (JSON.parse(answer) as Answer).data.flatMap(({ spans, processes }) =>
    spans.map(({ operationName, tags, logs = [], processID }) => ({
      name: operationName,
      attributes: attributesOf(tags),
      events: logs.map(({ fields }) => attributesOf(fields)),
      resource: attributesOf(processes[processID]?.tags),
    })),
  );
