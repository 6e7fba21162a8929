/** What the findings about an expression come to. */
import type { ExpressionContext } from '../context';
import { type Finding, REFUSED } from '../finding';
import { hidesNothing, isDead } from '../sources';

/**
 * `dead`: it never has data, so that an alert of it never fires. `constant`: a constant replaces data that never exists. `hidden`: a
 * constant replaces data that may be missing. `wrong`: it has other errors. `depends`: it works where what it depends on is on.
 * `sound`: it has warnings at most.
 */
export type Verdict = 'dead' | 'constant' | 'hidden' | 'wrong' | 'depends' | 'sound';

/** The verdict on an expression with these findings. */
export function verdictOf(expr: string, findings: readonly Finding[], context: ExpressionContext): Verdict {
  if (findings.some(({ rule, level }) => REFUSED.has(rule) && level === 'error') || isDead(expr, context))
    return 'dead';
  if (hidesNothing(expr, context)) return 'constant';
  if (findings.some(({ rule }) => rule === 'or-vector')) return 'hidden';
  if (findings.some(({ level }) => level === 'error')) return 'wrong';
  return findings.some(({ level }) => level === 'depends') ? 'depends' : 'sound';
}

/** The verdict on a panel: dead where all of its queries are, and else that of its worst query. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === 'dead')) return 'dead';
  const worst = (['constant', 'hidden', 'dead', 'wrong', 'depends'] as const).find((verdict) =>
    verdicts.includes(verdict),
  );
  return worst === 'dead' ? 'wrong' : (worst ?? 'sound');
}
