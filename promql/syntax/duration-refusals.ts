/** Numbers and durations that Prometheus refuses (Prometheus 3.16, promql/parser/generated_parser.y and lex.go). */
import { numberOf } from './literals';
import type { SyntaxNode } from './node';
import type { Source } from './source';

/** Why Prometheus refuses a node, regardless of its context; undefined: it does not. */
export type Check = (node: SyntaxNode, source: Source) => string | undefined;

/** A number, or a duration in a place of a number. */
export const number: Check = (node, source) => {
  if (source.variableIn(node) !== undefined) return undefined;
  const text = source.text(node);
  if (/^\w/.test(source.written.slice(node.to, node.to + 1))) return 'a blank or an operator must follow a number';
  const value = numberOf(text);
  const isNumber = /nan/i.test(text) || (!Number.isNaN(value) && (Number.isFinite(value) || /inf/i.test(text)));
  return isNumber ? undefined : `${text} is no number, and no duration: its largest unit comes first`;
};

/** Seconds that Go's durations can hold. */
const MAX_SECONDS = 2 ** 63 / 1e9;

/** A duration. */
export const duration: Check = (node, source) => {
  const wrong = number(node, source);
  if (wrong !== undefined || source.variableIn(node) !== undefined) return wrong;
  return Math.abs(numberOf(source.text(node))) <= MAX_SECONDS ? undefined : 'a duration of less than 292 years';
};

/** A duration that is written as a number; undefined where it is computed. */
function literalDuration(node: SyntaxNode | null, source: Source): number | undefined {
  if (node === null || source.variableIn(node) !== undefined) return undefined;
  const literal = node.getChild('NumberDurationLiteralInDurationContext');
  if (literal !== null) return numberOf(source.text(literal));
  const inner = node.getChild('UnaryOp') === null ? null : node.getChild('DurationExpr');
  const value = literalDuration(inner, source);
  return value === undefined || source.text(node).startsWith('+') ? value : -value;
}

/** An operation on durations. */
export const division: Check = (node, source) => {
  if (node.getChild('Div') === null && node.getChild('Mod') === null) return undefined;
  const by = node.getChildren('DurationExpr')[1] ?? null;
  return literalDuration(by, source) === 0 ? 'a division by zero' : undefined;
};

/** A range, or a range with its step. */
export const positive: Check = (node, source) =>
  node.getChildren('DurationExpr').some((child) => (literalDuration(child, source) ?? 1) <= 0)
    ? 'a range and its step are longer than 0'
    : undefined;
