import type { parser } from '@prometheus-io/lezer-promql';
import type { Variable } from '../variables';
import type { Span } from './ast';

/** A node of the parser's tree. */
export type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** The text that a tree was parsed from, as it was written, and the variables of Grafana in it. */
export class Source {
  constructor(
    readonly written: string,
    readonly variables: readonly Variable[],
    /** Whether Grafana replaces variables in it, also inside strings. */
    readonly isPanel: boolean,
  ) {}

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
