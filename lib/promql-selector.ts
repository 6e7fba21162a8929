import { parser } from '@prometheus-io/lezer-promql';

/** One condition on a label. */
export interface SelectorMatcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** A metric, and which of its series are meant. */
export interface MetricSelector {
  readonly metric: string;
  readonly matchers: readonly SelectorMatcher[];
}

/**
 * Reads an expression that is nothing but a selector of one metric: no range, no offset, no function.
 * @returns undefined where it is anything else
 */
export function metricSelector(text: string): MetricSelector | undefined {
  const root = parser.parse(text).topNode;
  let broken = false;
  root.cursor().iterate((node) => {
    broken ||= node.type.isError;
  });
  const selector = root.getChild('VectorSelector');
  const name = selector?.getChild('Identifier');
  if (broken || !selector || !name || selector.to - selector.from !== text.trim().length) return undefined;
  const matchers = (selector.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((node) => {
    const part = (type: string) => {
      const child = node.getChild(type);
      return child === null ? '' : text.slice(child.from, child.to);
    };
    return {
      label: part('LabelName'),
      op: part('MatchOp') as SelectorMatcher['op'],
      value: unquoted(part('StringLiteral')),
    };
  });
  return { metric: text.slice(name.from, name.to), matchers };
}

/** The text in a PromQL string. Backticks quote it as it is; escapes that JSON does not know stay as they are. */
function unquoted(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner;
  try {
    return JSON.parse(`"${literal.startsWith("'") ? inner.replaceAll("\\'", "'").replaceAll('"', '\\"') : inner}"`);
  } catch {
    return inner;
  }
}
