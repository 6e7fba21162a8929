/** The program that sends spans: `lab/tools/span-load`. */
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
  /** Bytes of a span, encoded: a smaller one gets attributes with random text. @default - about 420, as they are */
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

/** Sends spans, and waits until all are answered. @throws Error if the program fails; a refusal is not a failure */
export async function sendSpans({
  endpoint,
  spansPerRequest,
  spansPerSecond,
  total,
  seed,
  spanBytes = 0,
  attributeBytes = 16_384,
}: Load): Promise<Sent> {
  const sizes = { bytes: spanBytes, value: attributeBytes };
  const flags = { endpoint, spans: spansPerRequest, rate: spansPerSecond, total, seed, ...sizes };
  const answer = await must(
    programPath(SPAN_LOAD),
    Object.entries(flags).map(([name, value]) => `-${name}=${value}`),
  );
  return JSON.parse(answer) as Sent;
}
