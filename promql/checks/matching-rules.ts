/** Rules about operators between vectors: whether series of both sides match. */

import type { Finding } from '../finding';
import { SET_OPERATORS } from '../functions';
import { contradicting, matchedLabels, unmatchable } from '../shapes/binary-shape';
import type { Labels } from '../shapes/labels';
import type { Shape } from '../shapes/shape';
import type { Binary, Expr } from '../syntax/ast';
import { descendants } from '../syntax/walk';
import { error, listed, NONE, type Rule } from './rule';
import { withoutMatchers } from './without-matchers';

/** `vector-matching`, `like-with-like` and `many-to-one`. */
export const matchingRules: Rule = (expr, analysis) => {
  if (expr.kind !== 'binary' || expr.op === 'or' || expr.fill) return NONE;
  const [left, right] = [analysis.shape(expr.left), analysis.shape(expr.right)];
  if (left.type !== 'vector' || right.type !== 'vector') return NONE;
  const never = matchesNever(expr, left, right);
  if (never.length > 0) return never;
  return SET_OPERATORS.has(expr.op) ? NONE : [...likeWithLike(expr, left, right), ...manyToOne(expr, left, right)];
};

function matchesNever(expr: Binary, left: Shape, right: Shape): readonly Finding[] {
  const what = expr.op === 'unless' ? 'it never takes anything away' : 'no series match';
  const lacking = unmatchable(expr.matching, left, right);
  if (lacking.length > 0) {
    const common = [...(left.labels?.keys() ?? [])].filter((name) => right.labels?.has(name));
    return error(
      'vector-matching',
      expr.opSpan,
      `${expr.op} compares all labels${expr.matching === undefined ? '' : ' that are left'}, and only one side has ${listed(lacking)}: ${what}`,
      common.length === 0 ? 'aggregate both sides alike, or on ()' : `${expr.op} on (${common.sort().join(', ')})`,
    );
  }
  const different = contradicting(expr.matching, left, right);
  if (different.length === 0) return NONE;
  return error(
    'vector-matching',
    expr.opSpan,
    `the sides demand different values of ${listed(different)}, which is compared: ${what}`,
    `aggregate ${listed(different)} away on both sides, or ${expr.op} ignoring (${different.join(', ')})`,
  );
}

/** Both sides differ in their matchers only, so that each series is compared with itself. */
function likeWithLike(expr: Binary, left: Shape, right: Shape): readonly Finding[] {
  if (left.labels === undefined || right.labels === undefined) return NONE;
  if (withoutMatchers(expr.left) !== withoutMatchers(expr.right)) return NONE;
  const compared = matchedLabels(left.labels, expr.matching);
  const names = differing(expr.left, expr.right);
  if (compared === undefined || names.length === 0 || !names.some((name) => compared.has(name))) return NONE;
  const constant = { '/': '1', '-': '0', '==': 'itself', '%': '0' }[expr.op];
  return error(
    'like-with-like',
    expr,
    `both sides have ${listed(names)}, so that each series meets itself${constant === undefined ? '' : `: the result is always ${constant}`}`,
    `aggregate ${listed(names)} away on both sides: sum by (...) (...) ${expr.op} sum by (...) (...)`,
  );
}

/** Labels whose matchers are not the same on both sides. */
function differing(left: Expr, right: Expr): readonly string[] {
  const [a, b] = [left, right].map((side) => new Set(descendants(side).flatMap(matchersOf)));
  const texts = [...(a ?? [])].filter((text) => !b?.has(text)).concat([...(b ?? [])].filter((text) => !a?.has(text)));
  return [...new Set(texts.map((text) => text.split(' ')[0] ?? ''))];
}

const matchersOf = (part: Expr): readonly string[] =>
  part.kind === 'selector' ? part.matchers.map(({ label, op, value }) => `${label.name} ${op} ${value}`) : [];

/** Several series of a side that must have one: Prometheus ends such a query with an error. Checked for labels with a fixed list of values only. */
function manyToOne({ matching, left, right, op }: Binary, ...shapes: readonly [Shape, Shape]): readonly Finding[] {
  if (matching === undefined) return NONE;
  const sides = { left: shapes[0], right: shapes[1] };
  const ones = (['left', 'right'] as const).filter((side) => matching.group !== side);
  return ones.flatMap((side) => {
    const { labels } = sides[side];
    const several = labels === undefined ? [] : spread(labels, matchedLabels(labels, matching));
    if (several.length === 0) return NONE;
    return error(
      'many-to-one',
      side === 'left' ? left : right,
      `of this side, one series must match each of the other, and there is one for each ${listed(several)}`,
      `aggregate ${listed(several)} away, or demand one value${matching.group === undefined ? `, or ${op} ... group_${side}` : ''}`,
    );
  });
}

const spread = (labels: Labels, compared: Labels | undefined): readonly string[] =>
  [...labels]
    .filter(
      ([name, { own, sure, cardinality, value }]) =>
        own && sure && cardinality === 'fixed' && value === undefined && !(compared?.has(name) ?? true),
    )
    .map(([name]) => name);
