/** Walks the tree of an expression. */
import type { Expr, Modified } from './ast';

/** The direct parts of an expression. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'range':
    case 'subquery':
    case 'modified':
    case 'unary':
      return [expr.of];
    case 'aggregate':
      return expr.parameter === undefined ? [expr.of] : [expr.parameter, expr.of];
    case 'call':
      return expr.args;
    case 'binary':
      return [expr.left, expr.right];
    default:
      return [];
  }
}

/** An expression and all its parts, outermost first. One list is filled, because every check walks through every expression. */
export function descendants(expr: Expr): readonly Expr[] {
  const found: Expr[] = [];
  const add = (part: Expr): void => {
    found.push(part);
    for (const child of children(part)) add(child);
  };
  add(expr);
  return found;
}

/** An expression without the modifiers around it. */
export const unmodified = (expr: Expr): Exclude<Expr, Modified> =>
  expr.kind === 'modified' ? unmodified(expr.of) : expr;
