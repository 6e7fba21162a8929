/** Makes our tree from that of the parser, which keeps each sign. */
import type { Aggregate, Binary, Call, Duration, Expr, Matching, Span } from './ast';
import { durationSeconds, numberOf, textOf } from './literals';
import { childOf, childrenOf, type SyntaxNode, spanOf } from './node';
import { labelsOf, selectorOf } from './selectors';
import type { Source } from './source';

/** The expression that a node stands for. The node is without errors. */
export function exprOf(node: SyntaxNode, source: Source): Expr {
  const span = spanOf(node);
  const [first] = childrenOf(node, 'Expr');
  const inner = () => required(first, source);
  switch (node.type.name) {
    case 'ParenExpr':
      return inner();
    case 'OffsetExpr':
    case 'StepInvariantExpr':
    case 'AnchoredExpr':
    case 'SmoothedExpr':
      return { kind: 'modified', ...span, of: inner(), modifier: source.written.slice(first?.to, node.to).trim() };
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
  const span = spanOf(childOf(node, 'DurationExpr') ?? node);
  const variable = source.variableIn(span);
  if (variable === undefined) return { ...span, seconds: durationSeconds(source.text(span)), variable: undefined };
  // A variable that was replaced by something shorter is followed by blanks: they belong to it.
  return { from: span.from, to: Math.max(span.to, variable.to), seconds: undefined, variable: variable.name };
}

function argumentsOf(node: SyntaxNode, source: Source): readonly Expr[] {
  const body = childOf(node, 'FunctionCallBody');
  return body === undefined ? [] : childrenOf(body, 'Expr').map((argument) => exprOf(argument, source));
}

function aggregateOf(node: SyntaxNode, source: Source): Aggregate {
  const op = spanOf(childOf(node, 'AggregateOp') ?? node);
  const modifier = childOf(node, 'AggregateModifier');
  const args = argumentsOf(node, source);
  return {
    kind: 'aggregate',
    ...spanOf(node),
    op: source.text(op).toLowerCase(),
    opSpan: op,
    grouping: modifier === undefined ? undefined : childOf(modifier, 'By') === undefined ? 'without' : 'by',
    labels: labelsOf(modifier && childOf(modifier, 'GroupingLabels'), source),
    parameter: args.length > 1 ? args[0] : undefined,
    of: args.at(-1) ?? { kind: 'unknown', ...spanOf(node) },
  };
}

function callOf(node: SyntaxNode, source: Source): Call {
  const fn = spanOf(childOf(node, 'FunctionIdentifier') ?? node);
  return { kind: 'call', ...spanOf(node), fn: source.text(fn), fnSpan: fn, args: argumentsOf(node, source) };
}

function binaryOf(node: SyntaxNode, source: Source): Binary {
  const [left, right] = childrenOf(node, 'Expr');
  const op: Span = spanOf(node.children[left === undefined ? 0 : node.children.indexOf(left) + 1] ?? node);
  return {
    kind: 'binary',
    ...spanOf(node),
    op: source.text(op).toLowerCase(),
    opSpan: op,
    bool: childOf(node, 'BoolModifier') !== undefined,
    matching: matchingOf(childOf(node, 'MatchingModifierClause'), source),
    fill: childOf(node, 'FillModifier') !== undefined,
    left: required(left, source),
    right: required(right, source),
  };
}

function matchingOf(node: SyntaxNode | undefined, source: Source): Matching | undefined {
  if (node === undefined) return undefined;
  const [labels, include] = childrenOf(node, 'GroupingLabels');
  return {
    kind: childOf(node, 'On') === undefined ? 'ignoring' : 'on',
    labels: labelsOf(labels, source),
    group: childOf(node, 'GroupLeft') ? 'left' : childOf(node, 'GroupRight') ? 'right' : undefined,
    include: labelsOf(include, source),
  };
}
