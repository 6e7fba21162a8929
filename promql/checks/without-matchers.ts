/** An expression without its matchers, to compare two with each other. */
import type { Expr } from '../syntax/ast';

/** The expression in one form, with the matchers left out. */
export function withoutMatchers(expr: Expr): string {
  switch (expr.kind) {
    case 'selector':
      return expr.names.join('|');
    case 'number':
      return String(expr.value);
    case 'string':
      return JSON.stringify(expr.value);
    case 'unknown':
      return '?';
    case 'range':
    case 'subquery':
      return `${withoutMatchers(expr.of)}[${expr.kind} ${expr.duration.variable ?? expr.duration.seconds}]`;
    case 'modified':
      return `${withoutMatchers(expr.of)} ${expr.modifier}`;
    case 'unary':
      return `-${withoutMatchers(expr.of)}`;
    case 'call':
      return `${expr.fn}(${expr.args.map(withoutMatchers).join(', ')})`;
    case 'aggregate': {
      const labels = expr.labels.map(({ name }) => name).sort();
      const parameter = expr.parameter === undefined ? '' : `${withoutMatchers(expr.parameter)}, `;
      return `${expr.op} ${expr.grouping ?? ''}(${labels.join(', ')}) (${parameter}${withoutMatchers(expr.of)})`;
    }
    case 'binary': {
      const { matching } = expr;
      const labels = (matching?.labels ?? []).map(({ name }) => name).join(', ');
      const how = matching === undefined ? '' : `${matching.kind}(${labels}) ${matching.group ?? ''}`;
      return `(${withoutMatchers(expr.left)} ${expr.op} ${how} ${withoutMatchers(expr.right)})`;
    }
  }
}
