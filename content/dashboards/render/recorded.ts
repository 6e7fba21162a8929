import { parsePromql } from '../../../promql/parse';
import { selectors } from '../../../promql/sources';
import type { Call, Expr, Matcher, Selector, Span } from '../../../promql/syntax/ast';
import { children } from '../../../promql/syntax/walk';
import { INTERVAL, RATE, SHOWN } from '../parts/range';
import { RECORDED, type Recorded } from '../records';

/** A query of a panel, with recorded series where there are any. */
export interface FromRecords {
  readonly expr: string;
  /** The selectors that were replaced. Exemplars are found by them only, since recorded series have none. */
  readonly replaced: readonly string[];
}

/** What encloses a part of an expression: a sum, by its labels, and whether a quantile is taken of it. */
interface Sum {
  readonly labels: readonly string[];
  readonly isQuantile: boolean;
}

interface Replacement extends Span {
  readonly text: string;
  readonly selector: string;
}

/**
 * An expression that reads what is recorded, where it gives the same result: in a sum over labels that the record has, with matchers that
 * the record has too, or of its labels. A sum over pods is the same before and after the rate, and the mean of rates over a step is the rate
 * over that step. Over the whole time range a sum of rates replaces the rate in quantiles only, which do not depend on its scale.
 */
export function fromRecords(expr: string): FromRecords {
  if (!RECORDED.some(({ series }) => expr.includes(series))) return { expr, replaced: [] };
  const parsed = parsePromql(expr, true);
  const found = parsed.ok ? replacements(expr, parsed.expr, undefined) : [];
  return {
    expr: found.reduceRight((text, { from, to, text: by }) => `${text.slice(0, from)}${by}${text.slice(to)}`, expr),
    replaced: [...new Set(found.map(({ selector }) => selector))],
  };
}

function replacements(source: string, part: Expr, sum: Sum | undefined): readonly Replacement[] {
  const found = part.kind === 'call' && sum !== undefined ? replacement(source, part, sum) : undefined;
  if (found !== undefined) return [found];
  return children(part).flatMap((child) => replacements(source, child, enclosing(part, child, sum)));
}

/** What encloses a child. Between a sum and a rate only `or` may stand, whose result has the series of both sides. */
function enclosing(part: Expr, child: Expr, sum: Sum | undefined): Sum | undefined {
  if (part.kind === 'binary') return part.op === 'or' ? sum : undefined;
  if (part.kind === 'call' && part.fn === 'histogram_quantile' && child.kind === 'aggregate') return QUANTILE;
  if (part.kind !== 'aggregate' || part.op !== 'sum' || part.grouping === 'without') return undefined;
  if (part.labels.some(({ variable }) => variable)) return undefined;
  return { labels: part.labels.map(({ name }) => name), isQuantile: sum === QUANTILE };
}

/** Stands for a quantile that is taken of what follows: its argument is a sum. */
const QUANTILE: Sum = { labels: [], isQuantile: true };

function replacement(
  source: string,
  { fn, args, from, to }: Call,
  { labels, isQuantile }: Sum,
): Replacement | undefined {
  const [range] = args;
  if (fn !== 'rate' || range?.kind !== 'range' || range.of.kind !== 'selector') return undefined;
  const over = aggregated(source.slice(range.duration.from, range.duration.to), isQuantile);
  const record = RECORDED.find((one) => fits(one, range.of as Selector, labels));
  if (over === undefined || record === undefined) return undefined;
  const kept = range.of.matchers
    .filter((matcher) => !matchersOf(record).some((own) => isSame(own, matcher)))
    .map((matcher) => source.slice(matcher.from, matcher.to));
  const selector = `${record.record}${kept.length === 0 ? '' : `{${kept.join(',')}}`}`;
  return { from, to, text: over(selector), selector: source.slice(range.of.from, range.of.to) };
}

/** How recorded rates of a range are put together. */
function aggregated(range: string, isQuantile: boolean): ((series: string) => string) | undefined {
  if (range === RATE) return (series) => `avg_over_time(${series}[${INTERVAL}])`;
  return range === SHOWN && isQuantile ? (series) => `sum_over_time(${series}[${SHOWN}])` : undefined;
}

function fits(record: Recorded, { names, matchers }: Selector, labels: readonly string[]): boolean {
  if (names.length !== 1 || names[0] !== record.series) return false;
  const own = matchersOf(record);
  return (
    labels.every((label) => record.by.includes(label)) &&
    own.every((one) => matchers.some((matcher) => isSame(one, matcher))) &&
    matchers.every((one) => own.some((matcher) => isSame(one, matcher)) || record.by.includes(one.label.name))
  );
}

const isSame = (one: Matcher, other: Matcher): boolean =>
  one.label.name === other.label.name && one.op === other.op && one.value === other.value;

const known = new Map<Recorded, readonly Matcher[]>();

function matchersOf(record: Recorded): readonly Matcher[] {
  const matchers = known.get(record) ?? selectors(`x{${record.matchers}}`)[0]?.matchers ?? [];
  known.set(record, matchers);
  return matchers;
}
