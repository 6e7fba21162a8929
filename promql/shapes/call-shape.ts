/** What aggregations and functions make of the labels and values of their arguments. */

import { CHOOSING, SAME_VALUES, signatureOf } from '../functions';
import type { Aggregate, Call, Expr } from '../syntax/ast';
import { hasVariable } from '../syntax/matchers';
import { unmodified } from '../syntax/walk';
import { except, type Labels, only } from './labels';
import { CONSTANT, computed, LONE_VECTOR, NOTHING_KNOWN, SCALAR, type Shape } from './shape';

/** The shape of an aggregation's result from that of what it aggregates. */
export function aggregateShape(expr: Aggregate, of: Shape): Shape {
  const keepsNative = expr.op === 'sum' || expr.op === 'avg' || CHOOSING.has(expr.op);
  const native = keepsNative ? of.native : false;
  if (CHOOSING.has(expr.op)) return { ...of, type: 'vector' };
  const names = new Set(expr.labels.map(({ name }) => name));
  const grouped = of.labels && (expr.grouping === 'without' ? except(of.labels, names) : only(of.labels, names));
  const labels = expr.labels.some(({ variable }) => variable) ? undefined : grouped;
  const keepsValues = ['sum', 'min', 'max', 'avg'].includes(expr.op);
  const { type, ...rest } = computed(of);
  if (expr.op === 'count_values') return { ...rest, type, native, labels: withLabel(labels, expr.parameter) };
  return { ...rest, type, native, labels, raw: keepsValues ? of.raw : undefined };
}

/** Labels with one that the result gets besides. @param name the expression that names it */
function withLabel(labels: Labels | undefined, name: Expr | undefined): Labels | undefined {
  if (labels === undefined || name?.kind !== 'string' || hasVariable(name.value)) return undefined;
  return new Map(labels).set(name.value, { cardinality: 'bounded', sure: false, own: true });
}

/** The shape of a function's result from those of its arguments. */
export function callShape(call: Call, shapeOf: (argument: Expr) => Shape): Shape {
  const [first, second] = call.args;
  const signature = signatureOf(call.fn);
  if (signature === undefined) return NOTHING_KNOWN;
  if (call.fn === 'vector') return { ...LONE_VECTOR, constant: first !== undefined && shapeOf(first).constant };
  if (call.fn === 'pi') return CONSTANT;
  if (call.fn === 'absent' || call.fn === 'absent_over_time') return absentShape(first);
  if (signature.returns === 'scalar') return SCALAR;
  const vector = call.args.find((_, index) => ['vector', 'matrix'].includes(signature.args[index] ?? ''));
  if (vector === undefined) return LONE_VECTOR;
  const of = shapeOf(vector);
  const result = SAME_VALUES.has(call.fn) ? { ...of, type: 'vector' as const } : computed(of);
  if (call.fn === 'info') return { ...result, labels: undefined };
  if (call.fn === 'label_replace' || call.fn === 'label_join')
    return { ...result, labels: withLabel(of.labels, second) };
  if (!call.fn.startsWith('histogram_')) return result;
  const labels = of.labels && except(of.labels, new Set(['le']));
  return { ...result, native: false, labels: call.fn === 'histogram_quantiles' ? withLabel(labels, second) : labels };
}

/** Its one series has the labels that the selector demands with `=`. */
function absentShape(of: Expr | undefined): Shape {
  const selector = of === undefined ? undefined : unmodified(of);
  const inner = selector?.kind === 'range' ? unmodified(selector.of) : selector;
  const matchers =
    inner?.kind === 'selector' ? inner.matchers.filter(({ op, value }) => op === '=' && value !== '') : [];
  const labels = matchers.map(
    ({ label, value }) => [label.name, { cardinality: 'fixed', sure: true, own: false, value }] as const,
  );
  return { ...LONE_VECTOR, labels: new Map(labels) };
}
