import type { Finding } from './finding';

/**
 * An expression with the spot of a finding marked, as errors print it: below the line of the spot a caret for each sign of it,
 * and after the expression what is wrong and the fix.
 */
export function marked(expr: string, { from, to, rule, message, fix }: Finding): string {
  const rows = expr === '' ? [] : markedLines(expr, from, to);
  return [...rows, `${rule}: ${message}`, ...(fix === undefined ? [] : [`fix: ${fix}`])].join('\n');
}

/** The lines of an expression, with carets below the spot where it begins. */
function markedLines(expr: string, from: number, to: number): readonly string[] {
  const start = expr.lastIndexOf('\n', from - 1) + 1;
  const lines = expr.split('\n');
  const line = expr.slice(0, start).split('\n').length - 1;
  const length = Math.max(1, Math.min(to, start + (lines[line]?.length ?? 0)) - from);
  const caret = ' '.repeat(from - start) + '^'.repeat(length);
  return [...lines.slice(0, line + 1), caret, ...lines.slice(line + 1)];
}

/** Signs around the spot that an excerpt shows. */
const AROUND = 30;

/** One line of an expression around a spot, and the carets below it. */
export function excerpt(
  expr: string,
  { from, to }: Pick<Finding, 'from' | 'to'>,
): readonly [text: string, caret: string] {
  const flat = expr.replace(/\s/g, ' ');
  const end = Math.min(Math.max(to, from + 1), from + 2 * AROUND);
  const start = Math.max(0, from - AROUND);
  const stop = Math.min(flat.length, end + AROUND);
  const before = start > 0 ? '...' : '';
  const text = `${before}${flat.slice(start, stop)}${stop < flat.length ? '...' : ''}`;
  return [text, ' '.repeat(before.length + from - start) + '^'.repeat(end - from)];
}
