/** The parser's tree as plain objects: each look for a child in lezer's own tree makes a cursor, which took a third of all parsing. */
import type { parser } from '@prometheus-io/lezer-promql';
import type { Span } from './ast';

type Tree = ReturnType<typeof parser.parse>;

/** A node, with the children that have names. */
export interface SyntaxNode extends Span {
  readonly type: Tree['type'];
  readonly children: readonly SyntaxNode[];
}

type Growing = SyntaxNode & { readonly children: SyntaxNode[] };

/**
 * The topmost node of a tree.
 * @param enter is told of each node, outermost first, and how deep it is: 1 for the topmost
 */
export function nodesOf(tree: Tree, enter: (node: SyntaxNode, depth: number) => void): SyntaxNode {
  const top: Growing = { type: tree.type, from: 0, to: tree.length, children: [] };
  const open: Growing[] = [];
  tree.iterate({
    enter: ({ type, from, to }) => {
      const parent = open.at(-1);
      const node: Growing = parent === undefined ? top : { type, from, to, children: [] };
      parent?.children.push(node);
      open.push(node);
      enter(node, open.length);
    },
    leave: () => {
      open.pop();
    },
  });
  return top;
}

/** The children of a type, or of a group of types as `Expr`. */
export const childrenOf = ({ children }: SyntaxNode, name: string): readonly SyntaxNode[] =>
  children.filter(({ type }) => type.is(name));

/** The first of them. */
export const childOf = ({ children }: SyntaxNode, name: string): SyntaxNode | undefined =>
  children.find(({ type }) => type.is(name));

export const spanOf = ({ from, to }: SyntaxNode): Span => ({ from, to });
