import { parsePromql } from '../../../promql/parse';
import { selectors } from '../../../promql/sources';
import type { Call, Expr, Matcher, Selector, Span } from '../../../promql/syntax/ast';
import { children, descendants } from '../../../promql/syntax/walk';
import { INTERVAL, RATE, SHOWN } from '../parts/range';
import { EVALUATIONS, RECORDED, type Recorded } from '../records';

/** A query of a panel, with recorded series where there are any. */
export interface FromRecords {
  readonly expr: string;
  /** The selectors that were replaced. Exemplars are found by them only, since recorded series have none. */
  readonly replaced: readonly string[];
}

/** What encloses a part of an expression. */
interface Context {
  /** Labels of the sum around it. @default - there is none, or something else is between */
  readonly labels?: readonly string[];
  /** Whether the result does not change if all rates are multiplied by one number: a quantile, or a ratio. */
  readonly isScaleFree: boolean;
}

interface Replacement extends Span {
  readonly text: string;
  readonly selector: string;
}

/**
 * An expression that reads what is recorded, where it gives the same result: in a sum over labels that the record has, with matchers that
 * the record has too, or of its labels. A sum over pods is the same before and after the rate, and the mean of rates over a step is the rate
 * over that step. Over the whole time range it is their sum by the number of evaluations, so that what begins later is zero before; in quantiles
 * and ratios, which do not depend on the scale, the sum.
 */
export function fromRecords(expr: string): FromRecords {
  if (!RECORDED.some(({ series }) => expr.includes(series))) return { expr, replaced: [] };
  const parsed = parsePromql(expr, true);
  const found = parsed.ok ? replacements(expr, parsed.expr, { isScaleFree: false }) : [];
  return {
    expr: found.reduceRight((text, { from, to, text: by }) => `${text.slice(0, from)}${by}${text.slice(to)}`, expr),
    replaced: [...new Set(found.map(({ selector }) => selector))],
  };
}

function replacements(source: string, part: Expr, context: Context): readonly Replacement[] {
  const found = part.kind === 'call' ? replacement(source, part, context) : undefined;
  if (found !== undefined) return [found];
  const inside = (next: Context) =>
    children(part).flatMap((child) => replacements(source, child, enclosing(part, child, next)));
  if (context.isScaleFree || !ignoresScale(part)) return inside(context);
  // All rates of a ratio are of one scale, or it would be another number.
  const scaled = inside({ isScaleFree: true });
  return scaled.length === descendants(part).filter(({ kind }) => kind === 'selector').length
    ? scaled
    : inside(context);
}

/**
 * A division of sums of rates, where a sum may be replaced by zero, and only positive ones are divided by; or zero for each positive sum.
 */
function ignoresScale(part: Expr): boolean {
  if (part.kind !== 'binary') return false;
  if (part.op === '/') return [part.left, part.right].flatMap(descendants).every(keepsScale);
  return part.op === '*' && isZero(part.left) && descendants(part.right).every(keepsScale);
}

function keepsScale(part: Expr): boolean {
  if (part.kind === 'aggregate') return part.op === 'sum';
  if (part.kind === 'call') return KEEP_SCALE.has(part.fn);
  if (part.kind !== 'binary') return true;
  return part.op === 'or' || (part.op === '*' && isZero(part.left)) || (part.op === '>' && isZero(part.right));
}

const KEEP_SCALE: ReadonlySet<string> = new Set(['rate', 'label_replace', 'label_join']);

const isZero = (part: Expr): boolean => part.kind === 'number' && part.value === 0;

/** What encloses a child. Between a sum and a rate only `or` may stand, whose result has the series of both sides. */
function enclosing(part: Expr, child: Expr, { labels, isScaleFree }: Context): Context {
  if (part.kind === 'binary' && part.op === 'or' && labels !== undefined) return { labels, isScaleFree };
  if (part.kind === 'call') {
    // A quantile of anything but a sum would be one of something else than rates.
    return { isScaleFree: part.fn === 'histogram_quantile' ? child.kind === 'aggregate' : isScaleFree };
  }
  if (part.kind !== 'aggregate') return { isScaleFree };
  if (part.op !== 'sum') return { isScaleFree: false };
  if (part.grouping === 'without' || part.labels.some(({ variable }) => variable)) return { isScaleFree };
  return { labels: part.labels.map(({ name }) => name), isScaleFree };
}

function replacement(source: string, { fn, args, from, to }: Call, context: Context): Replacement | undefined {
  const { labels, isScaleFree } = context;
  const [range] = args;
  if (labels === undefined || fn !== 'rate' || range?.kind !== 'range' || range.of.kind !== 'selector')
    return undefined;
  const { of } = range;
  const record = RECORDED.find((one) => fits(one, of, labels));
  if (record === undefined) return undefined;
  const kept = of.matchers
    .filter((matcher) => !matchersOf(record).some((own) => isSame(own, matcher)))
    .map((matcher) => source.slice(matcher.from, matcher.to));
  const series = `${record.record}${kept.length === 0 ? '' : `{${kept.join(',')}}`}`;
  const text = aggregated(source.slice(range.duration.from, range.duration.to), series, isScaleFree);
  return text === undefined ? undefined : { from, to, text, selector: source.slice(of.from, of.to) };
}

/** The recorded rates of a range, put together. */
function aggregated(range: string, series: string, isScaleFree: boolean): string | undefined {
  if (range === RATE) return `avg_over_time(${series}[${INTERVAL}])`;
  if (range !== SHOWN) return undefined;
  const all = `sum_over_time(${series}[${SHOWN}])`;
  return isScaleFree ? all : `${all} / scalar(max(sum_over_time(${EVALUATIONS}[${SHOWN}])))`;
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
