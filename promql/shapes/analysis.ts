import type { ExpressionContext } from '../context';
import type { Expr, Selector } from '../syntax/ast';
import { demandsValue, hasVariable } from '../syntax/matchers';
import { children } from '../syntax/walk';
import { binaryShape } from './binary-shape';
import { aggregateShape, callShape } from './call-shape';
import { type Labels, matched, seriesLabels, union } from './labels';
import { namings } from './names';
import { CONSTANT, computed, NOTHING_KNOWN, SCALAR, type Shape, TEXT } from './shape';

/** An expression, and what is known of the value of each of its parts. */
export class Analysis {
  readonly #shapes = new Map<Expr, Shape>();
  readonly #parents = new Map<Expr, Expr>();

  constructor(
    readonly root: Expr,
    readonly context: ExpressionContext,
    /** The comments in its text. @default - none */
    readonly comments: readonly string[] = [],
  ) {
    const visit = (expr: Expr): void => {
      for (const child of children(expr)) {
        this.#parents.set(child, expr);
        visit(child);
      }
    };
    visit(root);
  }

  /** What an expression is a part of; undefined: it is the whole. */
  parent(expr: Expr): Expr | undefined {
    return this.#parents.get(expr);
  }

  /** What is known of the value of a part. */
  shape(expr: Expr): Shape {
    const known = this.#shapes.get(expr) ?? this.#infer(expr);
    this.#shapes.set(expr, known);
    return known;
  }

  /** What is known of a selector's series without its matchers. */
  bare(selector: Selector): Shape {
    return this.#selector({ ...selector, matchers: [] });
  }

  #infer(expr: Expr): Shape {
    switch (expr.kind) {
      case 'number':
        return Number.isNaN(expr.value) ? SCALAR : CONSTANT;
      case 'string':
        return TEXT;
      case 'unknown':
        return NOTHING_KNOWN;
      case 'selector':
        return this.#selector(expr);
      case 'modified':
        return this.shape(expr.of);
      case 'unary':
        return { ...computed(this.shape(expr.of), this.shape(expr.of).type), constant: this.shape(expr.of).constant };
      case 'range':
      case 'subquery':
        return { ...this.shape(expr.of), type: 'matrix' };
      case 'aggregate':
        return aggregateShape(expr, this.shape(expr.of));
      case 'call':
        return callShape(expr, (argument) => this.shape(argument));
      case 'binary':
        return binaryShape(expr, this.shape(expr.left), this.shape(expr.right));
    }
  }

  #selector(selector: Selector): Shape {
    const { thirdParty = false } = this.context;
    const all = namings(selector, this.context);
    const series = all.flatMap((naming) => ('series' in naming ? naming.series : []));
    const isUnknown = all.some(({ is }) => is === 'accepted' || is === 'unknown');
    const labels = isUnknown
      ? undefined
      : series.map((one) => seriesLabels(one, thirdParty)).reduce((a, b) => union(a, b));
    const isNeverRecorded = !all.some(({ is }) => is === 'accepted') && !series.some(({ metric }) => metric.recorded);
    return {
      type: 'vector',
      labels: labels && matched(labels, selector.matchers),
      raw: isUnknown ? undefined : series,
      native: isUnknown ? undefined : series.every(({ metric }) => metric.type === 'native histogram'),
      empty:
        isNeverRecorded ||
        (labels !== undefined && selector.matchers.some((matcher) => matchesNothing(matcher, labels))),
      constant: false,
    };
  }
}

/** Whether a matcher leaves no series: it demands a label that none has. A variable may match everything. */
const matchesNothing = (matcher: Selector['matchers'][number], labels: Labels): boolean =>
  !labels.has(matcher.label.name) &&
  !matcher.label.variable &&
  demandsValue(matcher) &&
  !(hasVariable(matcher.value) && matcher.op !== '=');
