/** The program that sends spans: `lab/tools/span-load`. */
import { readFileSync } from 'node:fs';
import { programPath } from './cache';
import { must } from './commands';

/** Its name in `lab/programs.ts`. */
export const SPAN_LOAD = 'span-load';

/** What it is to send. */
export interface Load {
  /** URL of an OTLP receiver over HTTP. */
  readonly endpoint: string;
  readonly spansPerRequest: number;
  readonly spansPerSecond: number;
  /** Spans in all. */
  readonly total: number;
  /** Two seeds share no trace id and no span id. */
  readonly seed: number;
  /** Requests at once. @default 4 */
  readonly connections?: number;
  /**
   * Bytes of a span, encoded: a smaller one gets attributes with random text. @default - about 500, as they are
   */
  readonly spanBytes?: number;
  /** Bytes of the longest value of such an attribute. @default 16384 */
  readonly attributeBytes?: number;
}

/** What it has sent, as it reports it. */
export interface Sent {
  readonly requests: number;
  /** Bytes of all requests, encoded. */
  readonly bytes: number;
  /** Spans. */
  readonly sent: number;
  readonly accepted: number;
  /** Spans that were refused, by HTTP status or cause. */
  readonly refused: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** The longest that a request waited for a free connection, in milliseconds. */
  readonly lateMs: number;
}

/** The ids of the spans of one request, and what became of them. */
export interface Answered {
  readonly ids: readonly string[];
  /** Why it was refused: an HTTP status, or a word; null: it was acknowledged. */
  readonly refusedBy: string | null;
  /** Milliseconds until the answer. */
  readonly ms: number;
}

const flagsOf = ({
  endpoint,
  spansPerRequest,
  spansPerSecond,
  total,
  seed,
  spanBytes = 0,
  attributeBytes = 16_384,
  connections = 4,
}: Load) => ({
  endpoint,
  spans: spansPerRequest,
  rate: spansPerSecond,
  total,
  seed,
  bytes: spanBytes,
  value: attributeBytes,
  connections,
});

async function runWith(flags: Readonly<Record<string, string | number>>): Promise<Sent> {
  const args = Object.entries(flags).map(([name, value]) => `-${name}=${value}`);
  return JSON.parse(await must(programPath(SPAN_LOAD), args)) as Sent;
}

/** Sends spans, and waits until all are answered. @throws Error if the program fails; a refusal is not a failure */
export const sendSpans = (load: Load): Promise<Sent> => runWith(flagsOf(load));

/**
 * The same, with the ids of each request.
 * @param journal path of a file for them, which is replaced
 */
export async function sendSpansWithIds(
  load: Load,
  journal: string,
): Promise<Sent & { readonly answered: readonly Answered[] }> {
  const sent = await runWith({ ...flagsOf(load), journal });
  const lines = readFileSync(journal, 'utf8').split('\n').filter(Boolean);
  const answered = lines.map((line): Answered => {
    const [word = '', ms = '', ...ids] = line.split(' ');
    return { ids, refusedBy: word === 'accepted' ? null : word, ms: Number(ms) };
  });
  return { ...sent, answered };
}
