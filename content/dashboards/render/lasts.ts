import { selectorEnds } from '../../../promql/ends';

/**
 * A range query whose series must have a value at the end of the range. A stat shows the last value of a series, and would show that of a
 * service that vanished an hour ago as the present one. `@ end()` evaluates the same expression at the end
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#modifier).
 */
export function whileItLasts(expr: string): string {
  const atEnd = selectorEnds(expr).reduceRight((text, at) => `${text.slice(0, at)} @ end()${text.slice(at)}`, expr);
  return atEnd === expr ? expr : `(${expr}) and (${atEnd})`;
}
