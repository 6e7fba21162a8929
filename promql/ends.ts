import { parseGrammar } from './parse';
import type { Expr } from './syntax/ast';
import { children } from './syntax/walk';

/**
 * Where a modifier of time, as `@ end()`, belongs in an expression: the ends of its selectors with their ranges, in their order. None
 * where it is not PromQL.
 */
export function selectorEnds(expr: string): readonly number[] {
  const parsed = parseGrammar(expr, true);
  return parsed.ok ? ends(parsed.expr) : [];
}

const ends = (expr: Expr): readonly number[] =>
  expr.kind === 'selector' || expr.kind === 'range' || expr.kind === 'subquery'
    ? [expr.to]
    : children(expr).flatMap(ends);
