import type { Variable } from '../variables';
import type { Span } from './ast';
import type { SyntaxNode } from './node';

/** No expression in use is nested so deep; each level takes stack. */
const MAX_DEPTH = 100;

/** An expression is nested deeper than any in use. */
export class TooDeep extends Error {
  constructor(readonly at: Span) {
    super('nested too deep');
  }
}

/** The text that a tree was parsed from, as it was written, and the variables of Grafana in it. */
export class Source {
  #depth = 0;

  constructor(
    readonly written: string,
    readonly variables: readonly Variable[],
    /** Whether Grafana replaces variables in it, also inside strings. */
    readonly isPanel: boolean,
  ) {}

  /**
   * Makes a part inside of the part that is being made.
   * @throws TooDeep
   */
  nested<Part>(node: SyntaxNode, make: () => Part): Part {
    if (this.#depth === MAX_DEPTH) throw new TooDeep(spanOf(node));
    this.#depth++;
    const part = make();
    this.#depth--;
    return part;
  }

  /** The text of a span. */
  text({ from, to }: Span): string {
    return this.written.slice(from, to);
  }

  /** A variable within a span; undefined: there is none. */
  variableIn({ from, to }: Span): Variable | undefined {
    return this.variables.find((variable) => variable.from < to && variable.to > from);
  }
}

export const spanOf = ({ from, to }: SyntaxNode): Span => ({ from, to });
