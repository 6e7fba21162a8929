/** Rules about comparisons whose result never changes, and about units that do not match. */

import type { Finding } from '../finding';
import { COMPARISONS } from '../functions';
import type { Analysis } from '../shapes/analysis';
import type { Binary, Expr } from '../syntax/ast';
import { error, NONE, type Rule } from './rule';

/** `constant-comparison`, `impossible-comparison` and `unit-mismatch`. */
export const constantRules: Rule = (expr, analysis) => {
  if (expr.kind !== 'binary') return NONE;
  const compares = COMPARISONS.has(expr.op);
  if (compares && analysis.shape(expr.left).constant && analysis.shape(expr.right).constant)
    return error('constant-comparison', expr, 'both sides are constants, so that the result is always the same');
  return [...(compares ? impossible(expr, analysis) : NONE), ...differentUnits(expr, analysis)];
};

/** Units with bounds: a ratio is 0 to 1, a boolean 0 or 1. */
const BOUNDED_UNITS: ReadonlySet<string> = new Set(['ratio', 'boolean']);

function impossible({ op, opSpan, left, right }: Binary, analysis: Analysis): readonly Finding[] {
  if (right.kind !== 'number' || left.kind !== 'selector') return NONE;
  const unit = unitOf(left, analysis);
  if (unit === undefined || !BOUNDED_UNITS.has(unit)) return NONE;
  const { value } = right;
  const never =
    (op === '>' && value >= 1) ||
    (op === '>=' && value > 1) ||
    (op === '<' && value <= 0) ||
    (op === '<=' && value < 0) ||
    (op === '==' && (value < 0 || value > 1));
  if (!never) return NONE;
  return error(
    'impossible-comparison',
    { from: opSpan.from, to: right.to },
    `the unit of ${left.names.join(' or ')} is ${unit}, from 0 to 1: this is never true`,
    unit === 'ratio' && value > 1 && value <= 100 ? `${op} ${value / 100}` : undefined,
  );
}

/** Units with one meaning everywhere, unlike words as `requests` or `pods`. */
const PHYSICAL: ReadonlySet<string> = new Set([
  'seconds',
  'milliseconds',
  'bytes',
  'ratio',
  'boolean',
  'timestamp',
  'celsius',
  'watts',
  'joules',
]);

function differentUnits({ op, opSpan, left, right }: Binary, analysis: Analysis): readonly Finding[] {
  if (!COMPARISONS.has(op) && op !== '+' && op !== '-') return NONE;
  const [a, b] = [unitOf(left, analysis), unitOf(right, analysis)];
  if (a === undefined || b === undefined || a === b || !PHYSICAL.has(a) || !PHYSICAL.has(b)) return NONE;
  const shifted = a === 'timestamp' && b === 'seconds' && !COMPARISONS.has(op);
  if (shifted) return NONE;
  return error('unit-mismatch', opSpan, `the left side is in ${a}, the right in ${b}`, 'bring both to one unit');
}

/** The unit of an expression that still has values of one metric. */
function unitOf(expr: Expr, analysis: Analysis): string | undefined {
  const { raw } = analysis.shape(expr);
  const units = new Set(raw?.map(({ metric, part }) => (part === 'value' || part === 'sum' ? metric.unit : 'events')));
  return units.size === 1 ? [...units][0] : undefined;
}
