/** What is wrong with groups of rules: their expressions, and what each rule must have besides. */
import { checkExpression, metricNames } from '../check';
import { alertFindings } from './alert';
import { recordFindings, withRecords } from './record';
import type { FieldFinding, RuleGroupText, RuleProblem, RulesContext, RuleText } from './rule-text';

/** Everything that is wrong with groups of rules, in their order. What one rule records, the others may read. */
export function checkRuleGroups(groups: readonly RuleGroupText[], context: RulesContext): readonly RuleProblem[] {
  const known = withRecords(groups, context);
  const texts = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  const read = context.panels && new Set([...context.panels, ...texts].flatMap(metricNames));
  const twins = doubled(groups.flatMap(({ rules }) => rules));
  return groups.flatMap(({ rules }, group) =>
    rules.flatMap((rule, index) =>
      [
        ...expressionFindings(rule, known),
        ...(rule.record === undefined ? alertFindings(rule, known) : recordFindings(rule, rule.record, context, read)),
        ...(twins.has(rule) ? [twin(rule)] : []),
      ].map((found) => ({ group, rule: index, name: nameOf(rule), ...found })),
    ),
  );
}

const nameOf = ({ alert, record }: RuleText): string => alert ?? record ?? '';

const expressionFindings = (rule: RuleText, context: RulesContext): readonly FieldFinding[] =>
  checkExpression(rule.expr, { ...context, place: rule.record === undefined ? 'alert' : 'record' }).map((finding) => ({
    field: 'expr',
    text: rule.expr,
    finding,
  }));

/** Rules that write what an earlier one writes already: the same series, or the same alert of the same expression. */
function doubled(rules: readonly RuleText[]): ReadonlySet<RuleText> {
  const seen = new Set<string>();
  return new Set(
    rules.filter((rule) => {
      const labels = Object.entries(rule.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([nameOf(rule), labels, rule.record === undefined ? rule.expr : '']);
      const before = seen.has(key);
      seen.add(key);
      return before;
    }),
  );
}

function twin(rule: RuleText): FieldFinding {
  const what = rule.record === undefined ? 'the same name, labels and expression' : 'the same name and labels';
  const message = `an earlier rule has ${what}`;
  const finding = { rule: 'duplicate-rule', level: 'error' as const, from: 0, to: nameOf(rule).length, message };
  return { field: rule.record === undefined ? 'alert' : 'record', text: nameOf(rule), finding };
}
