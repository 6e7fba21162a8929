/** What a rule measures, and the number that it compares it with. */
import { parsePromql } from '../../../promql/parse';
import type { Expr } from '../../../promql/syntax/ast';
import { descendants } from '../../../promql/syntax/walk';

/** A query for a graph of a rule. */
export interface Measured {
  /** PromQL: one side of the rule's comparison. */
  readonly expr: string;
  /** The number that it is compared with; undefined: there is none. */
  readonly limit: number | undefined;
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);

/**
 * The queries whose values decide whether a rule fires, so that a graph of them shows how near it is. Conditions that only restrict the
 * rule (`and`, `unless`) are left out. None for a rule that reads no metric.
 */
export function measuredBy(expr: string): readonly Measured[] {
  const parsed = parsePromql(expr, false);
  return parsed.ok ? ofPart(parsed.expr, expr) : [];
}

function ofPart(part: Expr, text: string): readonly Measured[] {
  if (part.kind === 'binary' && part.op === 'or') return [...ofPart(part.left, text), ...ofPart(part.right, text)];
  if (part.kind === 'binary' && (part.op === 'and' || part.op === 'unless')) return ofPart(part.left, text);
  if (part.kind !== 'binary' || !COMPARISONS.has(part.op)) return side(part, text, undefined);
  const { left, right } = part;
  if (right.kind === 'number') return side(left, text, right.value);
  return [...side(left, text, undefined), ...side(right, text, undefined)];
}

const side = (part: Expr, text: string, limit: number | undefined): readonly Measured[] =>
  descendants(part).some(({ kind }) => kind === 'selector') ? [{ expr: text.slice(part.from, part.to), limit }] : [];
