import type { Call, Expr, Selector } from './ast';
import { binaryShape } from './binary-shape';
import type { ExpressionContext } from './context';
import { CHOOSING, SAME_VALUES, signatureOf } from './functions';
import { demandsValue, except, hasVariable, type Labels, matched, only, seriesLabels, union } from './labels';
import { namings } from './names';
import { CONSTANT, computed, LONE_VECTOR, NOTHING_KNOWN, SCALAR, type Shape, TEXT } from './shape';
import { children, unmodified } from './walk';

/** An expression, and what is known of the value of each of its parts. */
export class Analysis {
  readonly #shapes = new Map<Expr, Shape>();
  readonly #parents = new Map<Expr, Expr>();

  constructor(
    readonly root: Expr,
    readonly context: ExpressionContext,
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
        return this.#aggregate(expr);
      case 'call':
        return this.#call(expr);
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

  #aggregate(expr: Extract<Expr, { kind: 'aggregate' }>): Shape {
    const of = this.shape(expr.of);
    const keepsNative = expr.op === 'sum' || expr.op === 'avg' || CHOOSING.has(expr.op);
    const native = keepsNative ? of.native : false;
    if (CHOOSING.has(expr.op)) return { ...of, type: 'vector' };
    const names = new Set(expr.labels.map(({ name }) => name));
    const grouped = of.labels && (expr.grouping === 'without' ? except(of.labels, names) : only(of.labels, names));
    const labels = expr.labels.some(({ variable }) => variable) ? undefined : grouped;
    const keepsValues = ['sum', 'min', 'max', 'avg'].includes(expr.op);
    const { type, ...rest } = computed(of);
    if (expr.op === 'count_values') return { ...rest, type, native, labels: this.#added(labels, expr.parameter) };
    return { ...rest, type, native, labels, raw: keepsValues ? of.raw : undefined };
  }

  #added(labels: Labels | undefined, name: Expr | undefined): Labels | undefined {
    if (labels === undefined || name?.kind !== 'string' || hasVariable(name.value)) return undefined;
    return new Map(labels).set(name.value, { cardinality: 'bounded', sure: false, own: true });
  }

  #call(call: Call): Shape {
    const [first, second] = call.args;
    const signature = signatureOf(call.fn);
    if (signature === undefined) return NOTHING_KNOWN;
    if (call.fn === 'vector') return { ...LONE_VECTOR, constant: first !== undefined && this.shape(first).constant };
    if (call.fn === 'pi') return CONSTANT;
    if (call.fn === 'absent' || call.fn === 'absent_over_time') return this.#absent(first);
    if (signature.returns === 'scalar') return SCALAR;
    const vector = call.args.find((_, index) => ['vector', 'matrix'].includes(signature.args[index] ?? ''));
    if (vector === undefined) return LONE_VECTOR;
    const of = this.shape(vector);
    const result = SAME_VALUES.has(call.fn) ? { ...of, type: 'vector' as const } : computed(of);
    if (call.fn === 'info') return { ...result, labels: undefined };
    if (call.fn === 'label_replace' || call.fn === 'label_join')
      return { ...result, labels: this.#added(of.labels, second) };
    if (!call.fn.startsWith('histogram_')) return result;
    const labels = of.labels && except(of.labels, new Set(['le']));
    return {
      ...result,
      native: false,
      labels: call.fn === 'histogram_quantiles' ? this.#added(labels, second) : labels,
    };
  }

  /** Its one series has the labels that the selector demands with `=`. */
  #absent(of: Expr | undefined): Shape {
    const selector = of === undefined ? undefined : unmodified(of);
    const inner = selector?.kind === 'range' ? unmodified(selector.of) : selector;
    const matchers =
      inner?.kind === 'selector' ? inner.matchers.filter(({ op, value }) => op === '=' && value !== '') : [];
    const labels = matchers.map(
      ({ label, value }) => [label.name, { cardinality: 'fixed', sure: true, own: false, value }] as const,
    );
    return { ...LONE_VECTOR, labels: new Map(labels) };
  }
}

/** Whether a matcher leaves no series: it demands a label that none has. A variable may match everything. */
const matchesNothing = (matcher: Selector['matchers'][number], labels: Labels): boolean =>
  !labels.has(matcher.label.name) &&
  !matcher.label.variable &&
  demandsValue(matcher) &&
  !(hasVariable(matcher.value) && matcher.op !== '=');
