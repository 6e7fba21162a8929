/** Rules for alerts only: an alert must have a condition, and must not flap. */

import { CHOOSING, COMPARISONS } from '../functions';
import type { Analysis } from '../shapes/analysis';
import type { Expr } from '../syntax/ast';
import { error, NONE, type Rule } from './rule';

/** `topk-in-alert` and `always-fires`. */
export const alertRules: Rule = (expr, analysis) => {
  if (analysis.context.place !== 'alert') return NONE;
  if (expr.kind === 'aggregate' && CHOOSING.has(expr.op))
    return error(
      'topk-in-alert',
      expr.opSpan,
      `${expr.op}() may select other series at each evaluation, so that alerts resolve and fire again`,
      'compare with a threshold',
    );
  if (expr !== analysis.root || hasCondition(expr, analysis)) return NONE;
  return error(
    'always-fires',
    expr,
    'every series of the result is an alert, and this has a result whenever there is data',
    'compare with a threshold: ... > 0',
  );
};

/** Whether the result of an expression can be empty although its data is there. */
function hasCondition(expr: Expr, analysis: Analysis): boolean {
  switch (expr.kind) {
    case 'unknown':
      return true;
    case 'selector':
      return expr.names.some((name) => name === 'ALERTS' || name === 'ALERTS_FOR_STATE');
    case 'modified':
    case 'unary':
    case 'range':
    case 'subquery':
    case 'aggregate':
      return hasCondition(expr.of, analysis);
    case 'call':
      if (expr.fn === 'absent' || expr.fn === 'absent_over_time') return true;
      // A dead man's switch is meant to fire always.
      return analysis.shape(expr).constant || expr.args.some((argument) => hasCondition(argument, analysis));
    case 'binary':
      if (expr.op === 'or') return hasCondition(expr.left, analysis) && hasCondition(expr.right, analysis);
      if (expr.op === 'and' || expr.op === 'unless' || (COMPARISONS.has(expr.op) && !expr.bool)) return true;
      return hasCondition(expr.left, analysis) || hasCondition(expr.right, analysis);
    default:
      return false;
  }
}
