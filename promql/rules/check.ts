/** What is wrong with groups of rules: their expressions, and what each rule must have besides. */
import { checkAnalysis, checkExpression } from '../check';
import type { ExpressionContext } from '../context';
import { analysisOf, metricNames } from '../sources';
import { alertFindings } from './alert';
import { recordFindings, withRecords } from './record';
import type { FieldFinding, RuleGroupText, RuleProblem, RulesContext, RuleText } from './rule-text';

/** Everything that is wrong with groups of rules, in their order. A rule may read what another one records. */
export function checkRuleGroups(groups: readonly RuleGroupText[], context: RulesContext): readonly RuleProblem[] {
  const known = withRecords(groups, context);
  const texts = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  const read = context.panels && readersOf([...context.panels, ...texts]);
  const twins = doubled(groups);
  return groups.flatMap(({ rules }, group) =>
    rules.flatMap((rule, index) =>
      [
        ...ofRule(rule, known, (record) => recordFindings(rule, record, context, read)),
        ...(twins.has(`${group}.${index}`) ? [twin(rule)] : []),
      ].map((found) => ({ group, rule: index, name: nameOf(rule), ...found })),
    ),
  );
}

/** Answers whether an expression reads a metric. Only those that mention it are parsed. */
const readersOf =
  (texts: readonly string[]) =>
  (name: string): boolean =>
    texts.some((text) => text.includes(name) && metricNames(text).includes(name));

const nameOf = ({ alert, record }: RuleText): string => alert ?? record ?? '';

/** What is wrong with the expression of a rule, which is analysed once, and with the rest of an alert or of a recording rule. */
function ofRule(
  rule: RuleText,
  known: RulesContext,
  ofRecord: (record: string) => readonly FieldFinding[],
): readonly FieldFinding[] {
  const { expr, record } = rule;
  const context: ExpressionContext = { ...known, place: record === undefined ? 'alert' : 'record' };
  const analysis = analysisOf(expr, context);
  const findings = analysis === undefined ? checkExpression(expr, context) : checkAnalysis(analysis);
  return [
    ...findings.map((finding) => ({ field: 'expr', text: expr, finding })),
    ...(record === undefined ? alertFindings(rule, known, analysis) : ofRecord(record)),
  ];
}

/** Rules that write what an earlier one writes already, the same series, or the same alert of the same expression: by group and place. */
function doubled(groups: readonly RuleGroupText[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twins = new Set<string>();
  for (const [group, { rules }] of groups.entries()) {
    for (const [index, rule] of rules.entries()) {
      const labels = Object.entries(rule.labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
      const key = JSON.stringify([nameOf(rule), labels, rule.record === undefined ? rule.expr : '']);
      if (seen.has(key)) twins.add(`${group}.${index}`);
      seen.add(key);
    }
  }
  return twins;
}

function twin(rule: RuleText): FieldFinding {
  const what = rule.record === undefined ? 'the same name, labels and expression' : 'the same name and labels';
  const message = `an earlier rule has ${what}`;
  const finding = { rule: 'duplicate-rule', level: 'error' as const, from: 0, to: nameOf(rule).length, message };
  return { field: rule.record === undefined ? 'alert' : 'record', text: nameOf(rule), finding };
}
