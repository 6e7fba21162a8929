import { parser } from '@prometheus-io/lezer-promql';

/** A spot in an expression that PromQL's grammar does not allow. */
export interface PromqlError {
  /** Offset of the spot in the expression, from 0. */
  readonly offset: number;
  /** The expression, and below it a caret at the spot. */
  readonly marked: string;
}

/**
 * Checks the syntax of an expression with the grammar that Prometheus' own editor uses. It knows no types: `rate(up)`
 * passes here, and is refused by promtool.
 * @returns the first error, or undefined where there is none
 */
export function promqlError(expression: string): PromqlError | undefined {
  let offset: number | undefined = expression.trim() === '' ? 0 : undefined;
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError && offset === undefined) offset = node.from;
    },
  });
  return offset === undefined ? undefined : { offset, marked: `${expression}\n${' '.repeat(offset)}^` };
}

/** Grafana's variables are no PromQL: they are replaced by values of their kind before an expression is parsed. */
export function withoutGrafanaVariables(expression: string): string {
  return expression
    .replace(/\$(__rate_interval|__interval|__range)\b|\$\{(__rate_interval|__interval|__range)\}/g, '5m')
    .replace(/\$\{?[A-Za-z_]\w*(:\w+)?\}?/g, 'variable');
}
