/** Recording rules: what they write, and whether it is used. */
import type { CheckContext } from '../context';
import type { Finding } from '../finding';
import { type Metric, RECORDING_RULES } from '../metric';
import { isDead, recordedOrUnknown } from '../sources';
import type { FieldFinding, RuleGroupText, RulesContext, RuleText } from './rule-text';

type Recording = Required<Pick<RuleText, 'record' | 'expr'>> & Pick<RuleText, 'labels'>;

/**
 * The context with what recording rules write. Each is an entry of the catalogue: with its labels where they are known, and not
 * recorded where no program emits what the rule reads. Of the others only the names are accepted.
 */
export function withRecords<Given extends CheckContext>(groups: readonly RuleGroupText[], context: Given): Given {
  const records = groups.flatMap(({ rules }) =>
    rules.flatMap(({ record, expr, labels }): Recording[] => (record === undefined ? [] : [{ record, expr, labels }])),
  );
  // A rule may read what a later one writes, so those whose labels are not known yet are tried again.
  const known = repeated(records, context, (rule, { catalogue }) =>
    recordedOrUnknown(rule.record, rule.expr, catalogue, rule.labels),
  );
  const dead = repeated(known.waiting, known.context, (rule, given, waiting) => {
    const accepted = [...(given.accepted ?? []), ...waiting.map(({ record }) => record)];
    return isDead(rule.expr, { ...given, accepted, place: 'record' }) ? neverRecorded(rule.record) : undefined;
  });
  const accepted = [...(context.accepted ?? []), ...dead.waiting.map(({ record }) => record)];
  return { ...dead.context, accepted };
}

/** Adds entries to the catalogue until no more can be made. @returns the context with them, and the rules without an entry */
function repeated<Given extends CheckContext>(
  records: readonly Recording[],
  context: Given,
  entryOf: (rule: Recording, context: Given, waiting: readonly Recording[]) => Metric | undefined,
): { readonly context: Given; readonly waiting: readonly Recording[] } {
  const made = records.map((rule) => ({ rule, metric: entryOf(rule, context, records) }));
  const metrics = made.flatMap(({ metric }) => metric ?? []);
  if (metrics.length === 0) return { context, waiting: records };
  const waiting = made.filter(({ metric }) => metric === undefined).map(({ rule }) => rule);
  return repeated(waiting, { ...context, catalogue: context.catalogue.with(metrics) }, entryOf);
}

const neverRecorded = (name: string): Metric => ({
  name,
  type: 'gauge',
  unit: 'as recorded',
  labels: {},
  emitter: RECORDING_RULES,
  recorded: false,
  emitted: 'always',
});

/** What is wrong with a recording rule besides its expression. */
export function recordFindings(
  { expr }: RuleText,
  record: string,
  { catalogue, style }: RulesContext,
  read: ((name: string) => boolean) | undefined,
): readonly FieldFinding[] {
  const finding = (rule: string, level: Finding['level'], message: string, fix: string): FieldFinding => ({
    field: 'record',
    text: record,
    finding: { rule, level, from: 0, to: record.length, message, fix },
  });
  const level = style === 'strict' ? 'error' : 'warning';
  return [
    ...(read === undefined || read(record)
      ? []
      : [finding('unused-record', level, 'no rule and no panel reads what this rule records', 'remove the rule')]),
    ...(catalogue.series(record).some(({ metric }) => metric.emitter !== RECORDING_RULES)
      ? [finding('record-shadows-metric', 'error', 'a program emits a metric of this name', 'another name')]
      : []),
    ...(style === 'strict' && !record.includes(':')
      ? [
          finding(
            'record-name',
            level,
            `a recorded series is named level:metric:operation, unlike those that programs emit: ${expr}`,
            'a name with ":"',
          ),
        ]
      : []),
  ];
}
