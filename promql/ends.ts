import { parseGrammar } from './parse';

const WITH_RANGES: ReadonlySet<string> = new Set(['VectorSelector', 'MatrixSelector', 'SubqueryExpr']);

/**
 * Where a modifier of time, as `@ end()`, belongs in an expression: the ends of its selectors with their ranges, in their order. None
 * where it is not PromQL.
 */
export function selectorEnds(expr: string): readonly number[] {
  const parsed = parseGrammar(expr, true);
  const ends: number[] = [];
  if (!parsed.ok) return ends;
  parsed.tree.iterate({
    enter: ({ name, to }) => {
      if (WITH_RANGES.has(name)) ends.push(to);
      return !WITH_RANGES.has(name);
    },
  });
  return ends;
}
