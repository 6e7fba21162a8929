import type { parser } from '@prometheus-io/lezer-promql';

type Tree = ReturnType<typeof parser.parse>;

/** A node of the parser's tree. */
export class SyntaxNode {
  readonly name: string;
  /** Its parts, in their order. */
  readonly parts: SyntaxNode[] = [];
  nextSibling: SyntaxNode | null = null;

  constructor(
    private readonly type: Tree['type'],
    readonly from: number,
    readonly to: number,
  ) {
    this.name = type.name;
  }

  get firstChild(): SyntaxNode | null {
    return this.parts[0] ?? null;
  }

  /** The first part with a name; `Expr` is the name of every expression too. */
  getChild(name: string): SyntaxNode | null {
    return this.parts.find((part) => part.is(name)) ?? null;
  }

  /** All parts with a name. */
  getChildren(name: string): readonly SyntaxNode[] {
    return this.parts.filter((part) => part.is(name));
  }

  private is(name: string): boolean {
    return this.name === name || this.type.is(name);
  }
}

/**
 * All nodes of a tree, the outermost first, each before its parts. The parser keeps the tree as numbers, and makes nodes and a cursor for
 * each look at the parts of a node. An expression is looked at many times, so its nodes are made once.
 */
export function nodesOf(tree: Tree): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const open: SyntaxNode[] = [];
  tree.iterate({
    enter: ({ type, from, to }) => {
      const node = new SyntaxNode(type, from, to);
      const siblings = open.at(-1)?.parts;
      const before = siblings?.at(-1);
      if (before !== undefined) before.nextSibling = node;
      siblings?.push(node);
      nodes.push(node);
      open.push(node);
    },
    leave: () => {
      open.pop();
    },
  });
  return nodes;
}
