import { promqlError } from '../../lib/promql';
import type { RuleGroup } from './rules';

/**
 * Parses every expression, so that a slip in our own rules fails the synth and not the running Prometheus.
 * @throws Error that names each rule, with the spot marked
 */
export function checkedRules(groups: readonly RuleGroup[]): readonly RuleGroup[] {
  const errors = groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, expr }) => {
      const error = promqlError(expr);
      return error === undefined ? [] : [`${alert}:\n${error.marked}`];
    }),
  );
  if (errors.length > 0) throw new Error(`Rules that are not PromQL:\n${errors.join('\n')}`);
  return groups;
}
