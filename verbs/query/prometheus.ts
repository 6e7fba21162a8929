/** Prometheus' API for instant queries (https://prometheus.io/docs/prometheus/latest/querying/api/). */
import { request } from '../http-request';
import type { VerbProblem } from '../terminal';

/** How long an answer may take: as long as Prometheus lets a query run by default. */
const SECONDS = 120;

/** A time in seconds, and a value. */
type Point = readonly [time: number, value: string];

/** A series of a result: a vector has one value, a matrix several. */
export interface ResultSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: Point;
  readonly values?: readonly Point[];
  /** Native histograms instead of values. */
  readonly histogram?: readonly [time: number, histogram: { readonly count: string; readonly sum: string }];
  readonly histograms?: readonly (readonly [
    time: number,
    histogram: { readonly count: string; readonly sum: string },
  ])[];
}

/** What was found. */
export type Result =
  | { readonly resultType: 'vector'; readonly result: readonly ResultSeries[] }
  | { readonly resultType: 'matrix'; readonly result: readonly ResultSeries[] }
  | { readonly resultType: 'scalar'; readonly result: Point }
  | { readonly resultType: 'string'; readonly result: Point };

/** An expression that cannot be evaluated. */
interface Refusal {
  readonly status: 'error';
  readonly errorType: string;
  readonly error: string;
}

/** What Prometheus answers. */
export type Answer =
  | Refusal
  | {
      readonly status: 'success';
      readonly data: Result;
      readonly warnings?: readonly string[];
      readonly infos?: readonly string[];
    };

/** Evaluates an expression now. @param address host and port */
export async function ask(address: string, expression: string, signal: AbortSignal): Promise<Answer> {
  const init = { method: 'POST', body: new URLSearchParams({ query: expression }) };
  const { status, text } = await request(`http://${address}/api/v1/query`, { signal, seconds: SECONDS, init });
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return { status: 'error', errorType: 'http', error: `HTTP ${status}: ${text.trim().slice(0, 300)}` };
  }
}

/** What is wrong with an expression. A parse error has a line and a column, which the expression is marked at. */
export function queryProblem(expression: string, { errorType, error }: Refusal): VerbProblem {
  const what = `Prometheus: ${error.replace(/^invalid parameter "query": /, '')} (${errorType})`;
  const [, line, column] = /(\d+):(\d+): parse error/.exec(error) ?? [];
  const fix = 'correct the expression: https://prometheus.io/docs/prometheus/latest/querying/basics/';
  if (line === undefined) return { what, fix };
  const shown = expression.split('\n')[Number(line) - 1] ?? '';
  return { what: `${what}\n  ${shown}\n  ${' '.repeat(Number(column) - 1)}^`, fix };
}
