/** What the findings about an expression come to. */
import type { ExpressionContext, Finding } from '../check';
import { hidesNothing, isDead } from '../promql/sources';

/**
 * `dead`: it can have no data, an alert of it never fires. `hidden`: a constant stands in for data that cannot be there.
 * `wrong`: it has other errors. `depends`: it works where what it depends on is on. `sound`: nothing but warnings.
 */
export type Verdict = 'dead' | 'hidden' | 'wrong' | 'depends' | 'sound';

/** Prometheus refuses the whole file or query. */
const REFUSED: ReadonlySet<string> = new Set(['syntax', 'type']);

/** The verdict on an expression with these findings. */
export function verdictOf(expr: string, findings: readonly Finding[], context: ExpressionContext): Verdict {
  if (findings.some(({ rule }) => REFUSED.has(rule)) || isDead(expr, context)) return 'dead';
  if (hidesNothing(expr, context)) return 'hidden';
  if (findings.some(({ level }) => level === 'error')) return 'wrong';
  return findings.some(({ level }) => level === 'depends') ? 'depends' : 'sound';
}

/** The verdict on a panel: dead where all of its queries are. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === 'dead')) return 'dead';
  if (verdicts.includes('hidden')) return 'hidden';
  if (verdicts.includes('dead') || verdicts.includes('wrong')) return 'wrong';
  return verdicts.includes('depends') ? 'depends' : 'sound';
}
