/** Recording rules: what they write, and whether anybody reads it. */
import type { ExpressionContext, Finding } from '../check';
import { recordedOrUnknown } from '../promql/sources';
import type { FieldFinding, RuleGroupText, RulesContext, RuleText } from './rule-text';

/** The context with what recording rules write: as entries of the catalogue, or as names alone where no more can be told. */
export function withRecords<Context extends Omit<ExpressionContext, 'place'>>(
  groups: readonly RuleGroupText[],
  context: Context,
): Context {
  let waiting = groups.flatMap(({ rules }) =>
    rules.flatMap(({ record, expr, labels }) => (record === undefined ? [] : [{ record, expr, labels }])),
  );
  let { catalogue } = context;
  // A rule may read what a later one writes, so those that cannot be told yet are tried again.
  for (let before = waiting.length + 1; waiting.length < before; ) {
    before = waiting.length;
    const results = waiting.map((rule) => ({
      rule,
      metric: recordedOrUnknown(rule.record, rule.expr, catalogue, rule.labels),
    }));
    catalogue = catalogue.with(results.flatMap(({ metric }) => metric ?? []));
    waiting = results.filter(({ metric }) => metric === undefined).map(({ rule }) => rule);
  }
  return { ...context, catalogue, accepted: [...(context.accepted ?? []), ...waiting.map(({ record }) => record)] };
}

/** What is wrong with a recording rule besides its expression. */
export function recordFindings(
  { expr }: RuleText,
  record: string,
  { catalogue, style }: RulesContext,
  read: ReadonlySet<string> | undefined,
): readonly FieldFinding[] {
  const finding = (rule: string, level: Finding['level'], message: string, fix: string): FieldFinding => ({
    field: 'record',
    text: record,
    finding: { rule, level, from: 0, to: record.length, message, fix },
  });
  const level = style === 'ours' ? 'error' : 'warning';
  return [
    ...(read === undefined || read.has(record)
      ? []
      : [finding('unused-record', level, 'no rule and no panel reads what this records', 'remove the rule')]),
    ...(catalogue.series(record).length > 0
      ? [finding('record-shadows-metric', 'error', 'a program emits a metric of this name', 'another name')]
      : []),
    ...(style === 'ours' && !record.includes(':')
      ? [
          finding(
            'record-name',
            level,
            `what is recorded is named level:metric:operation, to tell it from what is emitted: ${expr}`,
            'a name with ":"',
          ),
        ]
      : []),
  ];
}
