/** Rules about the types of values: what Prometheus refuses although the grammar allows it. */

import type { Finding } from '../finding';
import { COMPARISONS, EXPERIMENTAL, SET_OPERATORS, signatureOf, type ValueType } from '../functions';
import type { Analysis } from '../shapes/analysis';
import type { Aggregate, Binary, Call, Expr } from '../syntax/ast';
import { depends, error, NONE, type Rule } from './rule';

const WORDS: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'series',
  matrix: 'series over a range, as x[5m]',
  string: 'a text',
};

/** `type` and `experimental`. */
export const typeRules: Rule = (expr, analysis) => [
  ...ofPart(expr, analysis),
  ...ofWhole(expr, analysis),
  ...experimental(expr, analysis),
];

/** Experimental functions are off by default, and may change with any version. */
function experimental(expr: Expr, { context }: Analysis): readonly Finding[] {
  const used = expr.kind === 'call' ? expr.fn : expr.kind === 'aggregate' ? expr.op : '';
  if (!EXPERIMENTAL.has(used) && !(expr.kind === 'binary' && expr.fill)) return NONE;
  const what = expr.kind === 'binary' ? 'fill' : `${used}()`;
  const flag = '--enable-feature=promql-experimental-functions';
  return context.thirdParty
    ? depends('experimental', expr, `depends on ${flag}, which ${what} needs`)
    : error('experimental', expr, `${what} is experimental: Prometheus refuses it without ${flag}`);
}

function ofPart(expr: Expr, analysis: Analysis): readonly Finding[] {
  switch (expr.kind) {
    case 'call':
      return ofCall(expr, analysis);
    case 'aggregate':
      return ofAggregate(expr, analysis);
    case 'binary':
      return ofBinary(expr, analysis);
    case 'subquery':
      return wants(expr.of, ['vector'], 'a subquery', analysis);
    case 'unary':
      return wants(expr.of, ['vector', 'scalar'], 'a sign', analysis);
    default:
      return NONE;
  }
}

function ofWhole(expr: Expr, analysis: Analysis): readonly Finding[] {
  if (expr !== analysis.root) return NONE;
  return wants(expr, ['vector', 'scalar'], analysis.context.place === 'panel' ? 'a panel' : 'a rule', analysis);
}

function wants(expr: Expr, types: readonly ValueType[], what: string, analysis: Analysis): readonly Finding[] {
  const { type } = analysis.shape(expr);
  if (type === undefined || types.includes(type)) return NONE;
  const wanted = types.map((each) => WORDS[each]).join(' or ');
  return error('type', expr, `${what} takes ${wanted}, and this is ${WORDS[type]}`);
}

function ofCall(call: Call, analysis: Analysis): readonly Finding[] {
  const signature = signatureOf(call.fn);
  if (signature === undefined) return NONE;
  const { args, optional, more } = signature;
  const most = more ? Number.POSITIVE_INFINITY : args.length;
  const least = args.length - optional;
  if (call.args.length < least || call.args.length > most) {
    const count = most === least ? `${least}` : more ? `${least} or more` : `${least} to ${most}`;
    return error('type', call, `${call.fn}() takes ${count} arguments, not ${call.args.length}`);
  }
  return call.args.flatMap((argument, index) => {
    const wanted = args[index] ?? args.at(-1);
    return wanted === undefined ? NONE : wants(argument, [wanted], `${call.fn}()`, analysis);
  });
}

function ofAggregate(expr: Aggregate, analysis: Analysis): readonly Finding[] {
  const parameter = expr.op === 'count_values' ? 'string' : 'scalar';
  return [
    ...(expr.parameter === undefined ? NONE : wants(expr.parameter, [parameter], `${expr.op}()`, analysis)),
    ...wants(expr.of, ['vector'], `${expr.op}()`, analysis),
  ];
}

function ofBinary(expr: Binary, analysis: Analysis): readonly Finding[] {
  const types: readonly ValueType[] = SET_OPERATORS.has(expr.op) ? ['vector'] : ['vector', 'scalar'];
  const sides = [expr.left, expr.right].flatMap((side) => wants(side, types, expr.op, analysis));
  if (sides.length > 0) return sides;
  const [left, right] = [analysis.shape(expr.left).type, analysis.shape(expr.right).type];
  if (left === 'scalar' && right === 'scalar' && COMPARISONS.has(expr.op) && !expr.bool)
    return error('type', expr, 'two numbers are compared with bool only', `${expr.op} bool`);
  if (expr.matching !== undefined && (left === 'scalar' || right === 'scalar'))
    return error('type', expr, `${expr.matching.kind} is allowed between series only`, `remove ${expr.matching.kind}`);
  return NONE;
}
