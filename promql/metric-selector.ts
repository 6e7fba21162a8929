import { parsePromql } from './parse';
import type { Matcher } from './syntax/ast';

/** A metric, and which of its series are meant. */
export interface MetricSelector {
  readonly metric: string;
  readonly matchers: readonly (Pick<Matcher, 'op' | 'value'> & { readonly label: string })[];
}

/**
 * Reads an expression that is nothing but a selector of one metric by its name: no range, no offset, no function, no comment.
 * @returns undefined where it is anything else
 */
export function metricSelector(text: string): MetricSelector | undefined {
  const parsed = parsePromql(text, false);
  if (!parsed.ok || parsed.expr.kind !== 'selector') return undefined;
  const { names, nameSpan, matchers, from, to } = parsed.expr;
  const [metric] = names;
  const isNamed = metric !== undefined && text.slice(nameSpan.from, nameSpan.to) === metric;
  if (!isNamed || to - from !== text.trim().length) return undefined;
  return { metric, matchers: matchers.map(({ label, op, value }) => ({ label: label.name, op, value })) };
}
