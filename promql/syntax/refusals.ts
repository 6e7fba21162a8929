/** What Prometheus' parser refuses although the grammar of its editor accepts it (Prometheus 3.16, promql/parser/parse.go and generated_parser.y). */

import { COMPARISONS, PARAMETRIC, SET_OPERATORS } from '../functions';
import { unquoted } from '../go-literals';
import type { Span } from './ast';
import { type Check, division, duration, number, positive } from './duration-refusals';
import { numberOf } from './literals';
import type { SyntaxNode } from './node';
import { literal, matcher, quotedName, selector } from './selector-refusals';
import { labelsOf } from './selectors';
import { type Source, spanOf } from './source';

/** A spot that Prometheus refuses, and why. */
export interface Refusal extends Span {
  readonly message: string;
}

/** Why Prometheus refuses a node, regardless of its context; undefined: it does not. */
export function refusalOf(node: SyntaxNode, source: Source): Refusal | undefined {
  const message = CHECKS[node.name]?.(node, source);
  return message === undefined ? undefined : { ...spanOf(node), message };
}

const MODIFIERS: ReadonlySet<string> = new Set(['OffsetExpr', 'StepInvariantExpr', 'AnchoredExpr', 'SmoothedExpr']);

const expressions = (node: SyntaxNode | null): readonly SyntaxNode[] => node?.getChildren('Expr') ?? [];

/**
 * Modifiers stand behind a selector, a range or a subquery, without parentheses, and each once. The editor's grammar takes them
 * for modifiers of a whole operation, as of `a + b` in `a + b offset 5m`; what is meant is its last operand.
 */
const modifier: Check = (node) => {
  const names = [node.name];
  let [of] = expressions(node);
  while (of !== undefined && (MODIFIERS.has(of.name) || of.name === 'BinaryExpr' || of.name === 'UnaryExpr')) {
    if (MODIFIERS.has(of.name)) names.push(of.name);
    of = expressions(of).at(MODIFIERS.has(of.name) ? 0 : -1);
  }
  if (!['VectorSelector', 'MatrixSelector', 'SubqueryExpr'].includes(of?.name ?? ''))
    return 'offset and @ must follow a selector, a range or a subquery directly, without parentheses around it';
  if (names.includes('AnchoredExpr') && names.includes('SmoothedExpr')) return 'anchored or smoothed, not both';
  if (of?.name === 'SubqueryExpr' && (node.name === 'AnchoredExpr' || node.name === 'SmoothedExpr'))
    return 'anchored and smoothed cannot follow a subquery';
  const once = node.name === 'OffsetExpr' || node.name === 'StepInvariantExpr';
  return once && names.indexOf(node.name, 1) !== -1 ? 'the same modifier twice' : undefined;
};

/** The time after `@` must fit into 63 bits. */
const at: Check = (node, source) => {
  const number = node.getChild('NumberDurationLiteral');
  const value = number === null || source.variableIn(number) ? 0 : numberOf(source.text(number));
  return Math.abs(value) < 2 ** 63 ? modifier(node, source) : 'a time in seconds must follow @';
};

/** After an operation without parentheses, a subquery belongs to the last operand, and no operator accepts its result. */
const subquery: Check = (node, source) =>
  ['BinaryExpr', 'UnaryExpr'].includes(expressions(node)[0]?.name ?? '')
    ? 'a subquery of an operation needs parentheses: (...)[5m:]'
    : positive(node, source);

/** Unquoted, two names of labels are numbers in PromQL; and no label has an empty name. */
const grouping: Check = (node, source) => {
  if (node.getChildren('LabelName').some((name) => /^(inf|nan)$/i.test(source.text(name))))
    return 'inf and nan are numbers: as labels they are quoted';
  return node.getChildren('QuotedLabelName').some((name) => unquoted(source.text(name)) === '')
    ? 'a label without a name'
    : undefined;
};

const range: Check = (node, source) =>
  expressions(node)[0]?.name === 'VectorSelector'
    ? positive(node, source)
    : 'a range can follow a selector only; anything else, also offset and @, needs a subquery: (...)[5m:]';

const aggregation: Check = (node, source) => {
  const op = node.getChild('AggregateOp');
  const name = op === null ? '' : source.text(op).toLowerCase();
  const count = expressions(node.getChild('FunctionCallBody')).length;
  const wanted = PARAMETRIC.has(name) ? 2 : 1;
  return count === wanted
    ? undefined
    : `${name}() takes ${wanted === 2 ? 'a parameter and series' : 'series only'}, not ${count} arguments`;
};

/** Whether an expression ends in `offset (...)`: Prometheus' parser takes what follows as a part of the offset, the editor's grammar does not. */
function endsInComputedOffset(expr: SyntaxNode | undefined, source: Source): boolean {
  let last = expr;
  while (last?.name === 'BinaryExpr' || last?.name === 'UnaryExpr') last = expressions(last).at(-1);
  const offset = last?.name === 'OffsetExpr' ? last.getChild('OffsetDurationExpr') : null;
  return offset !== null && source.text(offset).startsWith('(');
}

const binary: Check = (node, source) => {
  const [left] = expressions(node);
  const sign = left?.nextSibling;
  const op = sign ? source.text(sign).toLowerCase() : '';
  const matching = node.getChild('MatchingModifierClause');
  const [on, include] = matching?.getChildren('GroupingLabels') ?? [];
  if (/^[-+*/%^]$/.test(op) && endsInComputedOffset(left, source))
    return `${op} behind offset (...) goes on computing the offset: put parentheses around the selector and its offset`;
  if (node.getChild('BoolModifier') !== null && !COMPARISONS.has(op)) return 'bool can follow comparisons only';
  const isGrouped = matching?.getChild('GroupLeft') || matching?.getChild('GroupRight');
  if (isGrouped && SET_OPERATORS.has(op)) return `${op} matches many with many: it has no group_left and group_right`;
  if (!matching?.getChild('On')) return undefined;
  const named = new Set(labelsOf(on, source).map(({ name }) => name));
  const twice = labelsOf(include, source).find(({ name }) => named.has(name));
  return twice === undefined ? undefined : `the label ${twice.name} is in on and in the group`;
};

const CHECKS: Readonly<Record<string, Check>> = {
  OffsetExpr: modifier,
  StepInvariantExpr: at,
  AnchoredExpr: modifier,
  SmoothedExpr: modifier,
  NumberDurationLiteral: number,
  NumberDurationLiteralInDurationContext: duration,
  DurationExpr: division,
  MatrixSelector: range,
  SubqueryExpr: subquery,
  GroupingLabels: grouping,
  AggregateExpr: aggregation,
  BinaryExpr: binary,
  VectorSelector: selector,
  UnquotedLabelMatcher: matcher,
  QuotedLabelMatcher: matcher,
  QuotedLabelName: quotedName,
  StringLiteral: literal,
};
