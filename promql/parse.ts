import { parser } from '@prometheus-io/lezer-promql';
import type { Expr, Span } from './syntax/ast';
import { nodesOf, type SyntaxNode } from './syntax/node';
import { type Refusal, refusalOf } from './syntax/refusals';
import { Source, TooDeep } from './syntax/source';
import { exprOf } from './syntax/tree';
import { withoutVariables } from './variables';

/** An expression as a tree, or the first spot that Prometheus refuses, and why where the grammar alone would allow it. */
export type Parsed =
  | { readonly ok: true; readonly expr: Expr; readonly comments: readonly string[] }
  | { readonly ok: false; readonly at: Span; readonly message?: string };

/** What the grammar alone makes of an expression, before what Prometheus' own parser refuses besides; or the first spot of an error. */
type Grammatical =
  | { readonly ok: true; readonly nodes: readonly SyntaxNode[]; readonly source: Source }
  | { readonly ok: false; readonly at: Span };

type Tree = ReturnType<typeof parser.parse>;

const MAX_CACHED = 10_000;

/** Remembers results by the expression: one expression is asked for its errors, its labels and its sources. */
function remembered<Result>(make: (expression: string, withVariables: boolean) => Result) {
  const cache = new Map<string, Result>();
  return (expression: string, withVariables: boolean): Result => {
    // Without a variable in it, it means the same in a rule and in a panel.
    const masks = withVariables && /[$]|\[\[/.test(expression);
    const key = `${masks} ${expression}`;
    const result = cache.get(key) ?? make(expression, masks);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, result);
    return result;
  };
}

/**
 * Parses an expression with the grammar of Prometheus' own editor.
 * @param withVariables whether Grafana's variables are allowed in it; without, `$` is an error
 */
export const parsePromql = remembered((expression, withVariables): Parsed => {
  const parsed = parseGrammar(expression, withVariables);
  if (!parsed.ok) return parsed;
  const { nodes, source } = parsed;
  const refusal = firstRefusal(nodes, source);
  if (refusal !== undefined) return { ok: false, at: refusal, message: refusal.message };
  try {
    const top = nodes[0]?.getChild('Expr') ?? null;
    if (top === null) throw new Error(`no expression: ${expression}`);
    return { ok: true, expr: exprOf(top, source), comments: commentsOf(nodes, expression) };
  } catch (error) {
    if (error instanceof TooDeep) return { ok: false, at: error.at };
    throw error;
  }
});

/** The nodes of the grammar, for what an expression reads. They take a third of the time of a check. */
export const parseGrammar = remembered((expression, withVariables): Grammatical => {
  const masked = withVariables ? withoutVariables(expression) : { text: expression, variables: [] };
  if (masked.text.trim() === '') return { ok: false, at: { from: 0, to: expression.length } };
  const tree = strictTree(masked.text);
  const nodes = tree === undefined ? [] : nodesOf(tree);
  if (nodes[0] === undefined || nodes[0].getChild('Expr') === null) return { ok: false, at: firstError(masked.text) };
  return { ok: true, nodes, source: new Source(expression, masked.variables, withVariables) };
});

const STRICT = parser.configure({ strict: true });

/** The tree; undefined where it would have errors. It is the faster way to know that there are none. */
function strictTree(text: string): Tree | undefined {
  try {
    return STRICT.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The first spot where the parser had to skip or to add something; the whole text where it is only a comment. */
function firstError(text: string): Span {
  let error: Span | undefined;
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError && error === undefined) error = { from, to };
    },
  });
  return error ?? { from: 0, to: text.length };
}

const commentsOf = (nodes: readonly SyntaxNode[], text: string): readonly string[] =>
  nodes.filter(({ name }) => name === 'LineComment').map(({ from, to }) => text.slice(from + 1, to).trim());

/** Only in a tree without errors do the nodes have all their parts. */
function firstRefusal(nodes: readonly SyntaxNode[], source: Source): Refusal | undefined {
  for (const node of nodes) {
    const refusal = refusalOf(node, source);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
