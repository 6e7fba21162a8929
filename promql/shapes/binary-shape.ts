/** What operators make of the labels of their sides (https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching). */

import { COMPARISONS, SET_OPERATORS } from '../functions';
import type { Binary, Matching } from '../syntax/ast';
import { except, type Labels, only, union } from './labels';
import { CONSTANT, computed, SCALAR, type Shape } from './shape';

/** The shape of an operator's result from those of its sides. */
export function binaryShape(expr: Binary, left: Shape, right: Shape): Shape {
  if (left.type === undefined || right.type === undefined) {
    const known = left.type === 'vector' ? left : right;
    return { ...computed(known), type: undefined, labels: undefined, native: undefined };
  }
  if (left.type === 'scalar' && right.type === 'scalar') return left.constant && right.constant ? CONSTANT : SCALAR;
  if (SET_OPERATORS.has(expr.op)) return setShape(expr, left, right);
  const filters = COMPARISONS.has(expr.op) && !expr.bool;
  if (right.type === 'scalar') return filters ? { ...left, constant: false } : shifted(left, right);
  if (left.type === 'scalar') return filters ? { ...right, constant: false } : shifted(right, left);
  const labels = joined(expr.matching, left.labels, right.labels);
  const empty = (expr.fill ? left.empty && right.empty : left.empty || right.empty) || neverMatches(expr, left, right);
  const native = left.native === undefined || right.native === undefined ? undefined : left.native || right.native;
  return { type: 'vector', labels, raw: filters ? left.raw : undefined, native, empty, constant: false };
}

const shifted = (vector: Shape, scalar: Shape): Shape => ({
  ...computed(vector),
  constant: vector.constant && scalar.constant,
});

function setShape(expr: Binary, left: Shape, right: Shape): Shape {
  if (expr.op !== 'or')
    return { ...left, empty: left.empty || (expr.op === 'and' && (right.empty || neverMatches(expr, left, right))) };
  const raw = left.raw === undefined || right.raw === undefined ? undefined : [...left.raw, ...right.raw];
  return {
    type: 'vector',
    labels: union(left.labels, right.labels),
    raw,
    native: left.native === right.native ? left.native : undefined,
    empty: left.empty && right.empty,
    constant: left.constant && right.constant,
  };
}

/** Labels of what arithmetic and comparisons yield. */
function joined(
  matching: Matching | undefined,
  left: Labels | undefined,
  right: Labels | undefined,
): Labels | undefined {
  const [many, one] = matching?.group === 'right' ? [right, left] : [left, right];
  if (many === undefined) return undefined;
  if (matching === undefined) return many;
  if ([...matching.labels, ...matching.include].some(({ variable }) => variable)) return undefined;
  if (matching.group !== undefined) {
    if (matching.include.length > 0 && one === undefined) return undefined;
    const taken = matching.include.flatMap(({ name }) => {
      const fact = one?.get(name);
      return fact === undefined ? [] : [[name, fact] as const];
    });
    return new Map([...many, ...taken]);
  }
  const names = new Set(matching.labels.map(({ name }) => name));
  return matching.kind === 'on' ? only(many, names) : except(many, names);
}

/** Labels that must be equal on both sides; undefined: they are not known. */
export function matchedLabels(labels: Labels, matching: Matching | undefined): Labels | undefined {
  if (matching === undefined) return labels;
  if (matching.labels.some(({ variable }) => variable)) return undefined;
  const names = new Set(matching.labels.map(({ name }) => name));
  return matching.kind === 'on' ? only(labels, names) : except(labels, names);
}

/** Labels that each series of one side has and none of the other: while they are compared, no two series match. */
export function unmatchable(matching: Matching | undefined, left: Shape, right: Shape): readonly string[] {
  if (left.labels === undefined || right.labels === undefined) return [];
  const [a, b] = [matchedLabels(left.labels, matching), matchedLabels(right.labels, matching)];
  if (a === undefined || b === undefined) return [];
  return [...lacking(a, b), ...lacking(b, a)];
}

const lacking = (these: Labels, others: Labels): string[] =>
  [...these].filter(([name, { sure }]) => sure && !others.has(name)).map(([name]) => name);

/** Labels with one value on the left and another on the right. */
export function contradicting(matching: Matching | undefined, left: Shape, right: Shape): readonly string[] {
  const [a, b] = [left, right].map(({ labels }) => labels && matchedLabels(labels, matching));
  if (a === undefined || b === undefined) return [];
  return [...a].flatMap(([name, { value }]) => {
    const other = b.get(name)?.value;
    return value !== undefined && other !== undefined && value !== other ? [name] : [];
  });
}

const neverMatches = ({ matching, fill }: Binary, left: Shape, right: Shape): boolean =>
  !fill && (unmatchable(matching, left, right).length > 0 || contradicting(matching, left, right).length > 0);
