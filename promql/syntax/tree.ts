/** Makes our tree from the parser's, which has a node for every token. */
import type { Aggregate, Binary, Call, Duration, Expr, Matching, Span } from './ast';
import { durationSeconds, numberOf, textOf } from './literals';
import type { SyntaxNode } from './node';
import { labelsOf, selectorOf } from './selectors';
import { type Source, spanOf } from './source';

/**
 * The expression of a node that has no errors.
 * @throws TooDeep if it is nested too deep
 */
export const exprOf = (node: SyntaxNode, source: Source): Expr => source.nested(node, () => partOf(node, source));

function partOf(node: SyntaxNode, source: Source): Expr {
  const span = spanOf(node);
  const first = () => node.getChild('Expr') ?? undefined;
  const inner = () => required(first(), source);
  switch (node.name) {
    case 'ParenExpr':
      return inner();
    case 'OffsetExpr':
    case 'StepInvariantExpr':
    case 'AnchoredExpr':
    case 'SmoothedExpr':
      return { kind: 'modified', ...span, of: inner(), modifier: source.written.slice(first()?.to, node.to).trim() };
    case 'UnaryExpr':
      return { kind: 'unary', ...span, of: inner() };
    case 'MatrixSelector':
      return { kind: 'range', ...span, of: inner(), duration: durationOf(node, source) };
    case 'SubqueryExpr':
      return { kind: 'subquery', ...span, of: inner(), duration: durationOf(node, source) };
    case 'NumberDurationLiteral':
      return { kind: 'number', ...span, value: source.variableIn(span) ? Number.NaN : numberOf(source.text(span)) };
    case 'StringLiteral':
      return { kind: 'string', ...span, value: textOf(source.text(span)) };
    case 'VectorSelector':
      return selectorOf(node, source);
    case 'AggregateExpr':
      return aggregateOf(node, source);
    case 'FunctionCall':
      return callOf(node, source);
    case 'BinaryExpr':
      return binaryOf(node, source);
    default:
      return { kind: 'unknown', ...span };
  }
}

function required(node: SyntaxNode | undefined, source: Source): Expr {
  if (node === undefined) throw new Error(`an expression without its operand: ${source.written}`);
  return exprOf(node, source);
}

function durationOf(node: SyntaxNode, source: Source): Duration {
  const span = spanOf(node.getChild('DurationExpr') ?? node);
  const variable = source.variableIn(span);
  if (variable === undefined) return { ...span, seconds: durationSeconds(source.text(span)), variable: undefined };
  // A variable that was replaced by something shorter is followed by blanks: they belong to it.
  return { from: span.from, to: Math.max(span.to, variable.to), seconds: undefined, variable: variable.name };
}

const argumentsOf = (node: SyntaxNode, source: Source): readonly Expr[] =>
  (node.getChild('FunctionCallBody')?.getChildren('Expr') ?? []).map((argument) => exprOf(argument, source));

function aggregateOf(node: SyntaxNode, source: Source): Aggregate {
  const op = spanOf(node.getChild('AggregateOp') ?? node);
  const modifier = node.getChild('AggregateModifier');
  const args = argumentsOf(node, source);
  return {
    kind: 'aggregate',
    ...spanOf(node),
    op: source.text(op).toLowerCase(),
    opSpan: op,
    grouping: modifier === null ? undefined : modifier.getChild('By') === null ? 'without' : 'by',
    labels: labelsOf(modifier?.getChild('GroupingLabels'), source),
    parameter: args.length > 1 ? args[0] : undefined,
    of: args.at(-1) ?? { kind: 'unknown', ...spanOf(node) },
  };
}

function callOf(node: SyntaxNode, source: Source): Call {
  const fn = spanOf(node.getChild('FunctionIdentifier') ?? node);
  return { kind: 'call', ...spanOf(node), fn: source.text(fn), fnSpan: fn, args: argumentsOf(node, source) };
}

function binaryOf(node: SyntaxNode, source: Source): Binary {
  const [left, right] = node.getChildren('Expr');
  const op: Span = spanOf(left?.nextSibling ?? node);
  return {
    kind: 'binary',
    ...spanOf(node),
    op: source.text(op).toLowerCase(),
    opSpan: op,
    bool: node.getChild('BoolModifier') !== null,
    matching: matchingOf(node.getChild('MatchingModifierClause'), source),
    fill: node.getChild('FillModifier') !== null,
    left: required(left, source),
    right: required(right, source),
  };
}

function matchingOf(node: SyntaxNode | null, source: Source): Matching | undefined {
  if (node === null) return undefined;
  const [labels, include] = node.getChildren('GroupingLabels');
  return {
    kind: node.getChild('On') === null ? 'ignoring' : 'on',
    labels: labelsOf(labels, source),
    group: node.getChild('GroupLeft') ? 'left' : node.getChild('GroupRight') ? 'right' : undefined,
    include: labelsOf(include, source),
  };
}
