/** Rules about missing data: it is not zero, and does not mean that everything works. */

import type { Finding } from '../finding';
import type { Analysis } from '../shapes/analysis';
import { namings } from '../shapes/names';
import { counts } from '../shapes/shape';
import type { Binary, Call, Expr } from '../syntax/ast';
import { descendants, unmodified } from '../syntax/walk';
import { error, NONE, type Rule, warning } from './rule';

/** `or-vector`, `absent-of-aggregate` and `nan-in-aggregate`. */
export const missingRules: Rule = (expr, analysis) => {
  if (expr.kind === 'binary') return orVector(expr, analysis);
  if (expr.kind === 'aggregate') return divisionInside(expr, analysis);
  return expr.kind === 'call' ? absentOf(expr) : NONE;
};

function orVector(expr: Binary, analysis: Analysis): readonly Finding[] {
  if (expr.op !== 'or' || !analysis.shape(expr.right).constant) return NONE;
  const missing = descendants(expr.left).find((part) => mayBeMissing(part, analysis));
  if (missing?.kind !== 'selector') return NONE;
  return error(
    'or-vector',
    { from: expr.opSpan.from, to: expr.right.to },
    `where ${missing.names.join(' or ')} is missing, this shows a constant as if it were measured`,
    'remove it, and describe in the panel what to check where there is no data',
  );
}

/** A counter appears with its first event; another metric may be missing where its catalogue entry says so. */
function mayBeMissing(part: Expr, { context }: Analysis): boolean {
  if (part.kind !== 'selector') return false;
  return namings(part, context).some(
    (naming) =>
      !('series' in naming) ||
      naming.series.some((series) => counts(series) || series.metric.emitted !== 'always' || !series.metric.recorded),
  );
}

function absentOf(call: Call): readonly Finding[] {
  if (call.fn !== 'absent' && call.fn !== 'absent_over_time') return NONE;
  const aggregate = call.args[0] && unmodified(call.args[0]);
  if (aggregate?.kind !== 'aggregate' || aggregate.labels.length === 0) return NONE;
  return error(
    'absent-of-aggregate',
    call,
    `${call.fn}() yields one series without ${aggregate.labels.map(({ name }) => name).join(', ')}, and only when every group is missing`,
    `${call.fn}() of a selector for each that must be there`,
  );
}

const TAINTED: ReadonlySet<string> = new Set(['sum', 'avg', 'stddev', 'stdvar']);

/** A single division by zero makes the whole aggregation NaN. */
function divisionInside(expr: Extract<Expr, { kind: 'aggregate' }>, analysis: Analysis): readonly Finding[] {
  const of = unmodified(expr.of);
  if (!TAINTED.has(expr.op) || of.kind !== 'binary' || (of.op !== '/' && of.op !== '%')) return NONE;
  const divisor = unmodified(of.right);
  if (analysis.shape(divisor).type !== 'vector' || isGuarded(divisor)) return NONE;
  return warning(
    'nan-in-aggregate',
    of.opSpan,
    `where one divisor is 0, all of ${expr.op}() is NaN; and the mean of ratios is not the ratio of the sums`,
    `${expr.op}(...) ${of.op} ${expr.op}(...)`,
  );
}

const isGuarded = (divisor: Expr): boolean =>
  (divisor.kind === 'binary' && ['>', '<', '!='].includes(divisor.op) && !divisor.bool) ||
  (divisor.kind === 'call' && divisor.fn.startsWith('clamp'));
