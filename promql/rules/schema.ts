/**
 * The form of a Prometheus rule file, exactly as Prometheus 3.16 reads it (model/rulefmt/rulefmt.go;
 * https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/).
 */
import type { DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';
import * as z from 'zod';
import { plainDuration } from '../syntax/literals';

/**
 * How its YAML is read: each scalar is the text as it is written, as Go reads it into a field of type string. So `for: 0`, `tier: 2` and
 * `expr: 1` are texts, and `2.10` is not 2.1.
 */
export const RULE_FILE_YAML: ParseOptions & DocumentOptions & SchemaOptions = {
  schema: 'failsafe',
  customTags: (tags) => [...tags, 'null'],
  merge: true,
};

/** A field that may be missing or empty. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const duration = (what: string) =>
  maybe(
    z.string().refine((text) => plainDuration(text) !== undefined, {
      error: `${what}: a duration as 5m, 1h30m or 0: whole numbers with y, w, d, h, m, s or ms, the largest unit first`,
    }),
  );

const texts = z.record(
  z.string(),
  z
    .string()
    .nullable()
    .transform((text) => text ?? ''),
);

/** Any text is the name of a label since Prometheus 3, but for the name of the metric, which `record` and `alert` give. */
const labels = maybe(
  texts
    .refine((given) => !('' in given), { error: 'labels with a name' })
    .refine((given) => !('__name__' in given), { error: 'any label but __name__, which Prometheus refuses here' }),
);
const annotations = maybe(texts.refine((given) => !('' in given), { error: 'annotations with a name' }));

const rule = z
  .strictObject({
    alert: maybe(z.string()).describe('name of the alert'),
    record: maybe(
      z
        .string()
        .refine((name) => !/[{}]/.test(name), { error: 'the name of a series, without braces: they belong into expr' }),
    ).describe('name of the new series'),
    expr: z.string().min(1).max(20_000).describe('a PromQL expression'),
    for: duration('how long it must last'),
    keep_firing_for: duration('how long it fires on'),
    labels,
    annotations,
  })
  .superRefine(({ alert, record, ...rest }, { addIssue }) => {
    const refuse = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
    if (!alert && !record) refuse('alert', 'alert or record, with a name: one of the two');
    if (alert && record) refuse('alert', 'alert or record: one of the two');
    if (!record) return;
    const none = 'nothing in a recording rule: alerts have it';
    if (Object.keys(rest.annotations ?? {}).length > 0) refuse('annotations', none);
    if (rest.for !== undefined && plainDuration(rest.for) !== 0) refuse('for', none);
    if (rest.keep_firing_for !== undefined && plainDuration(rest.keep_firing_for) !== 0)
      refuse('keep_firing_for', none);
  });

const group = z.strictObject({
  name: z.string().min(1).describe('name of the group, unique in its file'),
  interval: duration('how often the group is evaluated'),
  limit: maybe(
    z
      .string()
      .regex(/^\d{1,15}$/)
      .meta({ 'x-allowed': 'a whole number; 0: no limit', examples: ['100'] }),
  ).transform((text) => (text === undefined ? undefined : Number(text))),
  query_offset: duration('how far back the group asks'),
  labels,
  rules: z
    .array(rule)
    .nullish()
    .transform((rules) => rules ?? [])
    .describe('alerting and recording rules'),
});

/** Groups of rules. */
export const ruleGroupsSchema = z
  .array(group)
  .superRefine((groups, { addIssue }) => {
    const names = groups.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) !== index)
        addIssue({ code: 'custom', path: [index, 'name'], message: 'each group name once in a file' });
  })
  .describe('groups of rules');

/** A rule file. */
export const ruleFileSchema = z
  .strictObject({ groups: ruleGroupsSchema.nullish().transform((groups) => groups ?? []) })
  .describe('a Prometheus rule file');

/** The content of a rule file. */
export type RuleFileContent = z.output<typeof ruleFileSchema>;
