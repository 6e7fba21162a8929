/** Rules about labels: whether the series have them, and whether grouping by them is bounded. */

import type { Finding } from '../finding';
import { nearest } from '../nearest';
import type { Analysis } from '../shapes/analysis';
import type { Labels } from '../shapes/labels';
import type { Aggregate, Binary, Expr, LabelName, Selector } from '../syntax/ast';
import { error, listed, NONE, type Rule, warning } from './rule';

/** `unknown-label` in matchers, groupings and joins, and `open-label` in groupings. */
export const labelRules: Rule = (expr, analysis) => {
  if (expr.kind === 'selector') return inMatchers(expr, analysis);
  if (expr.kind === 'aggregate') return inGrouping(expr, analysis);
  return expr.kind === 'binary' ? inJoin(expr, analysis) : NONE;
};

/** `a=""` removes a label from the result, so the labels are looked up without matchers. */
function inMatchers(selector: Selector, analysis: Analysis): readonly Finding[] {
  const { labels } = analysis.bare(selector);
  const what = selector.names.join(' or ');
  return selector.matchers.flatMap(({ label }) => unknownLabel(label, labels, what));
}

function inGrouping(expr: Aggregate, analysis: Analysis): readonly Finding[] {
  if (expr.grouping !== 'by') return NONE;
  const { labels } = analysis.shape(expr.of);
  return expr.labels.flatMap((label) => [
    ...unknownLabel(label, labels, described(expr.of)),
    ...(labels?.get(label.name)?.cardinality === 'open' ? openLabel(label) : NONE),
  ]);
}

const openLabel = (label: LabelName) =>
  warning(
    'open-label',
    label,
    `${label.name} has any value that a sender chooses, so that the number of series has no bound`,
    `group by a label with a bound, or leave ${label.name} out`,
  );

function inJoin({ matching, left, right }: Binary, analysis: Analysis): readonly Finding[] {
  if (matching === undefined) return NONE;
  const sides = { left, right };
  const missing = (label: LabelName, side: 'left' | 'right') =>
    unknownLabel(label, analysis.shape(sides[side]).labels, `the ${side} side, ${described(sides[side])},`);
  const one = matching.group === 'right' ? 'left' : 'right';
  return [
    ...(matching.kind === 'on' ? matching.labels : []).flatMap((label) => {
      const [onLeft] = missing(label, 'left');
      return onLeft === undefined ? missing(label, 'right') : [onLeft];
    }),
    ...matching.include.flatMap((label) => missing(label, one)),
  ];
}

function unknownLabel(label: LabelName, labels: Labels | undefined, what: string): readonly Finding[] {
  if (labels === undefined || label.variable || labels.has(label.name)) return NONE;
  // Labels that a target may or may not have are no suggestion.
  const names = [...labels]
    .filter(([, { sure, own }]) => sure || own)
    .map(([name]) => name)
    .sort();
  const near = nearest(label.name, names);
  return error(
    'unknown-label',
    label,
    `${what} has no label ${label.name}`,
    `${near === undefined ? '' : `did you mean ${near}? `}its labels: ${listed(names)}`,
  );
}

/** What an expression is called in a message. */
function described(expr: Expr): string {
  switch (expr.kind) {
    case 'selector':
      return expr.names.join(' or ');
    case 'aggregate':
      return `${expr.op}(...)`;
    case 'call':
      return expr.args.length === 1 && expr.args[0] !== undefined ? described(expr.args[0]) : `${expr.fn}(...)`;
    case 'range':
    case 'subquery':
    case 'modified':
    case 'unary':
      return described(expr.of);
    default:
      return 'this';
  }
}
