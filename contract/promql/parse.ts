import { parser } from '@prometheus-io/lezer-promql';
import type { Span } from './ast';
import { type Expr, Tree } from './tree';
import { type Variable, withoutVariables } from './variables';

/** What an expression says, or the first spot that PromQL's grammar does not allow. */
export type Parsed =
  | { readonly ok: true; readonly expr: Expr; readonly comments: readonly string[] }
  | { readonly ok: false; readonly at: Span };

/** Nobody writes expressions nested so deep; each level takes stack. */
const MAX_DEPTH = 200;

/**
 * Parses an expression with the grammar of Prometheus' own editor.
 * @param withVariables whether Grafana's variables are allowed in it; elsewhere `$` is an error
 */
export function parsePromql(expression: string, withVariables: boolean): Parsed {
  const masked = withVariables ? withoutVariables(expression) : { text: expression, variables: [] };
  if (masked.text.trim() === '') return { ok: false, at: { from: 0, to: expression.length } };
  const tree = parser.parse(masked.text);
  const comments: string[] = [];
  let error: Span | undefined;
  let depth = 0;
  tree.iterate({
    enter: ({ type, from, to }) => {
      depth++;
      if (type.name === 'LineComment') comments.push(masked.text.slice(from + 1, to).trim());
      if ((type.isError || depth > MAX_DEPTH) && error === undefined) error = { from, to };
    },
    leave: () => {
      depth--;
    },
  });
  const top = tree.topNode.getChild('Expr');
  if (error !== undefined || top === null) return { ok: false, at: error ?? { from: 0, to: expression.length } };
  return { ok: true, expr: new Tree(expression, masked.text, masked.variables).expr(top), comments };
}

export type { Variable };
