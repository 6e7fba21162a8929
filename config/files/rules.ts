import { z } from 'zod';
import { showValue } from '../problems';
import { duration } from '../units';
import { type Checked, parseFile, promqlProblem } from './parse';

const expression = z.string().min(1).max(20_000).describe('a PromQL expression');
const labels = z.record(z.string().regex(/^[a-zA-Z_]\w*$/), z.string());
const ruleBase = { expr: expression, labels: labels.optional() };
const rule = z.union([
  z.strictObject({
    alert: z.string().min(1).describe('name of the alert'),
    ...ruleBase,
    for: z.string().optional(),
    keep_firing_for: z.string().optional(),
    annotations: labels.optional(),
  }),
  z.strictObject({
    record: z
      .string()
      .regex(/^[a-zA-Z_:][\w:]*$/)
      .describe('name of the new series'),
    ...ruleBase,
  }),
]);

/** A Prometheus rule file (https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/). */
const ruleFileSchema = z
  .strictObject({
    groups: z
      .array(
        z.strictObject({
          name: z.string().min(1).describe('name of the group, unique in its file'),
          interval: duration('1s', '1d').optional(),
          limit: z.int().min(0).optional(),
          query_offset: z.string().optional(),
          labels: labels.optional(),
          rules: z.array(rule).describe('alerting and recording rules'),
        }),
      )
      .describe('groups of rules'),
  })
  .describe('a Prometheus rule file');

/** The content of a rule file. */
type RuleFileContent = z.output<typeof ruleFileSchema>;

/** A rule file of the user, checked. */
export interface RuleFile {
  /** File name without folder, as `payments.yaml`. */
  readonly name: string;
  readonly content: RuleFileContent;
}

/** What a key of a ConfigMap may be, less the prefix that it gets there. */
const FILE_NAME = /^[-._a-zA-Z0-9]{1,240}$/;

/** Parses a rule file, and each of its expressions. */
export function readRuleFile(file: string, name: string, text: string): Checked<RuleFile> {
  if (!FILE_NAME.test(name)) {
    const allowed = 'file names of letters, digits, "-", "_" and ".", at most 240 characters';
    return { ok: false, problems: [{ file, path: '', allowed, fix: 'rename the file' }] };
  }
  return parseFile(file, text, ruleFileSchema, (content) => {
    const problems = content.groups.flatMap((group, g) =>
      group.rules.flatMap(({ expr }, r) => promqlProblem(file, `groups[${g}].rules[${r}].expr`, expr, 'rule')),
    );
    const names = content.groups.map((group) => group.name);
    for (const doubled of new Set(names.filter((groupName, index) => names.indexOf(groupName) !== index))) {
      problems.push({
        file,
        path: 'groups',
        value: showValue(doubled),
        allowed: 'each group name once in a file',
        fix: 'rename one group',
      });
    }
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { name, content } };
  });
}
