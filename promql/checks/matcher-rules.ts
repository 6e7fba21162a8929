/** Rules about matchers: needless regular expressions, and conditions that no series meets. */

import type { Finding } from '../finding';
import type { Matcher } from '../syntax/ast';
import { fits, hasVariable } from '../syntax/matchers';
import { error, NONE, type Rule, warning } from './rule';

/** `needless-regex`, `needless-anchor`, `contradicting-matchers` and `nameless-selector`. */
export const matcherRules: Rule = (expr) => {
  if (expr.kind !== 'selector') return NONE;
  const nameless =
    expr.names.length === 0 && expr.nameSpan.from === expr.from && expr.nameSpan.to === expr.to
      ? warning('nameless-selector', expr, 'without a name this reads every metric that has these labels')
      : NONE;
  return [...nameless, ...expr.matchers.flatMap(ofRegex), ...contradictions(expr.matchers)];
};

function ofRegex({ op, value, valueSpan, label }: Matcher): readonly Finding[] {
  if ((op !== '=~' && op !== '!~') || hasVariable(value)) return NONE;
  const plain = op === '=~' ? '=' : '!=';
  if (/^[\w\-/: @]*$/.test(value))
    return warning(
      'needless-regex',
      valueSpan,
      `${JSON.stringify(value)} is no pattern`,
      `${label.name}${plain}${JSON.stringify(value)}`,
    );
  if (/^\^|[^\\]\$$/.test(value))
    return warning(
      'needless-anchor',
      valueSpan,
      'PromQL anchors each regular expression at both ends by itself',
      value.replace(/^\^/, '').replace(/\$$/, ''),
    );
  return NONE;
}

/** Two conditions on one label that no value meets. */
function contradictions(matchers: readonly Matcher[]): readonly Finding[] {
  return matchers.flatMap((matcher, index) => {
    if (matcher.op !== '=' || hasVariable(matcher.value)) return NONE;
    const other = matchers.find(
      (candidate, at) =>
        candidate.label.name === matcher.label.name &&
        (candidate.op !== '=' || at < index) &&
        !hasVariable(candidate.value) &&
        excludes(candidate, matcher.value),
    );
    if (other === undefined) return NONE;
    const [a, b] = [other, matcher].map(({ label, op, value }) => `${label.name}${op}${JSON.stringify(value)}`);
    return error('contradicting-matchers', matcher, `${a} and ${b}: no series has both`, 'remove one of them');
  });
}

function excludes({ op, value }: Matcher, text: string): boolean {
  if (op === '=') return value !== text;
  if (op === '!=') return value === text;
  return fits(value, text) === (op === '!~');
}
