import type { parser } from '@prometheus-io/lezer-promql';
import type { Aggregate, Binary, Call, Duration, Expr, LabelName, Matcher, Matching, Selector, Span } from './ast';
import { durationSeconds, numberOf, textOf } from './literals';
import type { Variable } from './variables';

/** A node of the parser's tree. */
type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** Makes our tree from that of the parser, which keeps each sign. */
export class Tree {
  /**
   * @param source the expression as it was written
   * @param masked the same with its variables replaced
   */
  constructor(
    readonly source: string,
    readonly masked: string,
    readonly variables: readonly Variable[],
  ) {}

  /** The expression that a node stands for. The node is without errors. */
  expr(node: SyntaxNode): Expr {
    const span = spanOf(node);
    const [first] = node.getChildren('Expr');
    switch (node.name) {
      case 'ParenExpr':
        return this.inner(first);
      case 'OffsetExpr':
      case 'StepInvariantExpr':
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        return {
          kind: 'modified',
          ...span,
          of: this.inner(first),
          modifier: this.source.slice(first?.to, node.to).trim(),
        };
      case 'UnaryExpr':
        return { kind: 'unary', ...span, of: this.inner(first) };
      case 'MatrixSelector':
        return { kind: 'range', ...span, of: this.inner(first), duration: this.duration(node) };
      case 'SubqueryExpr':
        return { kind: 'subquery', ...span, of: this.inner(first), duration: this.duration(node) };
      case 'NumberDurationLiteral':
        return { kind: 'number', ...span, value: this.variableIn(span) ? Number.NaN : numberOf(this.text(node)) };
      case 'StringLiteral':
        return { kind: 'string', ...span, value: textOf(this.text(node)) };
      case 'VectorSelector':
        return this.selector(node);
      case 'AggregateExpr':
        return this.aggregate(node);
      case 'FunctionCall':
        return this.call(node);
      case 'BinaryExpr':
        return this.binary(node);
      default:
        return { kind: 'unknown', ...span };
    }
  }

  private inner(node: SyntaxNode | undefined): Expr {
    if (node === undefined) throw new Error(`an expression without its operand: ${this.source}`);
    return this.expr(node);
  }

  private text = (node: SyntaxNode): string => this.source.slice(node.from, node.to);
  private variableIn = ({ from, to }: Span): Variable | undefined =>
    this.variables.find((variable) => variable.from < to && variable.to > from);

  private duration(node: SyntaxNode): Duration {
    const child = node.getChild('DurationExpr');
    const span = child === null ? spanOf(node) : this.trimmed(spanOf(child));
    const variable = this.variableIn(span);
    const seconds = variable === undefined ? durationSeconds(this.source.slice(span.from, span.to)) : undefined;
    return { ...span, seconds, variable: variable?.name };
  }

  /** A variable that was replaced by something shorter is followed by blanks: they belong to it. */
  private trimmed({ from, to }: Span): Span {
    return { from, to: Math.max(to, this.variableIn({ from, to })?.to ?? 0) };
  }

  private selector(node: SyntaxNode): Expr {
    const identifier = node.getChild('Identifier');
    const list = node.getChild('LabelMatchers');
    const quoted = list?.getChild('QuotedLabelName') ?? null;
    const matchers = [
      ...(list?.getChildren('UnquotedLabelMatcher') ?? []),
      ...(list?.getChildren('QuotedLabelMatcher') ?? []),
    ].map((matcher) => this.matcher(matcher));
    const nameNode = identifier ?? quoted;
    if (identifier !== null && this.variableIn(spanOf(identifier)) !== undefined)
      return { kind: 'unknown', ...spanOf(node) };
    const written = identifier === null ? quoted && textOf(this.text(quoted)) : this.text(identifier);
    const named = matchers.find(({ label }) => label.name === '__name__');
    return {
      kind: 'selector',
      ...spanOf(node),
      names: typeof written === 'string' ? [written] : namesOf(named),
      nameSpan: nameNode === null ? (named ?? spanOf(node)) : spanOf(nameNode),
      matchers: matchers.filter((matcher) => matcher !== named),
    } satisfies Selector;
  }

  private matcher(node: SyntaxNode): Matcher {
    const [name, op, value] = [node.firstChild, node.getChild('MatchOp'), node.getChild('StringLiteral')];
    if (name === null || op === null || value === null) throw new Error(`half a matcher: ${this.text(node)}`);
    return {
      ...spanOf(node),
      label: this.label(name),
      op: this.text(op) as Matcher['op'],
      value: textOf(this.text(value)),
      valueSpan: spanOf(value),
    };
  }

  private label(node: SyntaxNode): LabelName {
    const written = this.text(node);
    const name = node.name === 'LabelName' ? written : textOf(written);
    return { ...spanOf(node), name, variable: this.variableIn(spanOf(node)) !== undefined };
  }

  private labels(node: SyntaxNode | null | undefined): readonly LabelName[] {
    if (!node) return [];
    return [...node.getChildren('LabelName'), ...node.getChildren('QuotedLabelName')].map((label) => this.label(label));
  }

  private aggregate(node: SyntaxNode): Aggregate {
    const op = node.getChild('AggregateOp') ?? node;
    const modifier = node.getChild('AggregateModifier');
    const args = (node.getChild('FunctionCallBody')?.getChildren('Expr') ?? []).map((arg) => this.expr(arg));
    const of = args.at(-1) ?? { kind: 'unknown', ...spanOf(node) };
    return {
      kind: 'aggregate',
      ...spanOf(node),
      op: this.text(op).toLowerCase(),
      opSpan: spanOf(op),
      grouping: modifier === null ? undefined : modifier.getChild('By') === null ? 'without' : 'by',
      labels: this.labels(modifier?.getChild('GroupingLabels')),
      parameter: args.length > 1 ? args[0] : undefined,
      of,
    };
  }

  private call(node: SyntaxNode): Call {
    const fn = node.getChild('FunctionIdentifier') ?? node;
    const args = (node.getChild('FunctionCallBody')?.getChildren('Expr') ?? []).map((arg) => this.expr(arg));
    return { kind: 'call', ...spanOf(node), fn: this.text(fn), fnSpan: spanOf(fn), args };
  }

  private binary(node: SyntaxNode): Binary {
    const [left, right] = node.getChildren('Expr');
    const operator = left?.nextSibling ?? node;
    return {
      kind: 'binary',
      ...spanOf(node),
      op: this.text(operator).toLowerCase(),
      opSpan: spanOf(operator),
      bool: node.getChild('BoolModifier') !== null,
      matching: this.matching(node.getChild('MatchingModifierClause')),
      left: this.inner(left),
      right: this.inner(right),
    };
  }

  private matching(node: SyntaxNode | null): Matching | undefined {
    if (node === null) return undefined;
    const [labels, include] = node.getChildren('GroupingLabels');
    return {
      kind: node.getChild('On') === null ? 'ignoring' : 'on',
      labels: this.labels(labels),
      group: node.getChild('GroupLeft') ? 'left' : node.getChild('GroupRight') ? 'right' : undefined,
      include: this.labels(include),
    };
  }
}

const spanOf = ({ from, to }: SyntaxNode): Span => ({ from, to });

/** Names that a matcher on `__name__` stands for: one, or the alternatives of a plain regular expression. */
function namesOf(matcher: Matcher | undefined): readonly string[] {
  if (matcher?.op === '=') return [matcher.value];
  return matcher?.op === '=~' && /^[\w:]+(\|[\w:]+)*$/.test(matcher.value) ? matcher.value.split('|') : [];
}

export type { Expr };
