import { partsOf } from './scan';

/**
 * Where a modifier of time, as `@ end()`, belongs in an expression that is known to be right: the ends of its selectors with their ranges,
 * and of its subqueries, in their order.
 */
export function selectorEnds(expr: string): readonly number[] {
  let ends: readonly number[] = [];
  /** The ends in front of each parenthesis that is open. */
  const open: (readonly number[])[] = [];
  /** The ends in front of the selector or the parentheses that a range would follow. */
  let before: readonly number[] = ends;
  for (const { 0: text, index, groups = {} } of partsOf(expr)) {
    const end = index + text.length;
    if (groups.open !== undefined) open.push(ends);
    if (groups.close !== undefined) before = open.pop() ?? [];
    if (groups.name !== undefined || groups.nameless !== undefined) {
      before = ends;
      ends = [...ends, end];
    }
    if (groups.range !== undefined) ends = [...before, end];
  }
  return ends;
}
