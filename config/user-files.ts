/** The user's own files beside the environments: alerting rules, dashboards, sampling strategies. */
import { z } from 'zod';
import { promqlError, withoutGrafanaVariables } from '../lib/promql';
import { explain } from './explain';
import { type Problem, showValue } from './problems';
import { duration } from './units';
import { parseYamlFile } from './yaml-file';

/** One object that Kubernetes stores is kept below this size: 200 KiB. Client-side apply refuses annotations of 256 KiB. */
export const MAX_OBJECT_BYTES = 200 * 1024;

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
export const ruleFileSchema = z
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
export type RuleFileContent = z.output<typeof ruleFileSchema>;

/** A rule file of the user, checked. */
export interface RuleFile {
  /** File name without folder, as `payments.yaml`. */
  readonly name: string;
  readonly content: RuleFileContent;
}

const strategy = z.looseObject({
  type: z.enum(['probabilistic', 'ratelimiting']).describe('kind of sampling'),
  param: z.number().min(0).describe('probability from 0 to 1, or traces per second'),
});
const operationStrategy = z.looseObject({
  operation: z.string().min(1),
  type: z.enum(['probabilistic']),
  param: z.number().min(0).max(1),
});
const withOperations = strategy.extend({ operation_strategies: z.array(operationStrategy).optional() });

/** Jaeger's sampling strategies file (https://www.jaegertracing.io/docs/2.20/architecture/sampling/). */
export const samplingSchema = z
  .strictObject({
    service_strategies: z.array(withOperations.extend({ service: z.string().min(1) })).optional(),
    default_strategy: withOperations.describe('for services without a strategy of their own'),
  })
  .describe('a sampling strategies file of Jaeger');

/** The content of a sampling strategies file. */
export type SamplingStrategies = z.output<typeof samplingSchema>;

const dashboardSchema = z
  .looseObject({
    title: z.string().min(1).describe('title of the dashboard'),
    uid: z
      .string()
      .regex(/^[\w-]{1,40}$/)
      .meta({ description: 'uid of the dashboard', examples: ['payments'] }),
    panels: z.array(z.looseObject({})).optional(),
  })
  .describe("a dashboard in Grafana's JSON form (schema version 1), as Export writes it");

/** A dashboard of the user, checked. Its JSON is provisioned as it is. */
export interface UserDashboard {
  /** File name without folder, as `payments.json`. */
  readonly name: string;
  readonly uid: string;
  readonly text: string;
}

/** A value, or what is wrong with the file that should have held it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Parses a rule file, and each of its expressions. */
export function readRuleFile(file: string, name: string, text: string): Checked<RuleFile> {
  return parseWith(file, text, ruleFileSchema, (content) => {
    const problems = content.groups.flatMap((group, g) =>
      group.rules.flatMap(({ expr }, r) => promqlProblem(file, `groups[${g}].rules[${r}].expr`, expr)),
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

/** Parses a sampling strategies file. */
export function readSampling(file: string, text: string): Checked<SamplingStrategies> {
  return parseWith(file, text, samplingSchema, (value) => ({ ok: true, value }));
}

/** Parses a dashboard, and each PromQL expression of its panels. */
export function readDashboard(file: string, name: string, text: string): Checked<UserDashboard> {
  return parseWith(file, text, dashboardSchema, (content) => {
    const problems = promqlTargets(content).flatMap(({ path, expr }) =>
      promqlProblem(file, path, withoutGrafanaVariables(expr)),
    );
    const size = Buffer.byteLength(text);
    if (size > MAX_OBJECT_BYTES) {
      const allowed = `at most ${MAX_OBJECT_BYTES} bytes, so that its ConfigMap can be stored and applied`;
      problems.push({ file, path: '', value: `${size} bytes`, allowed, fix: 'split the dashboard in two' });
    }
    return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { name, uid: content.uid, text } };
  });
}

function parseWith<T, R>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  then: (content: T) => Checked<R>,
): Checked<R> {
  const parsed = parseYamlFile(file, text);
  if (!parsed.ok) return parsed;
  const result = schema.safeParse(parsed.content);
  if (result.success) return then(result.data);
  return {
    ok: false,
    problems: explain(result.error.issues, { file, schema, content: parsed.content, lines: parsed.lines }),
  };
}

function promqlProblem(file: string, path: string, expr: string): Problem[] {
  const error = promqlError(expr);
  if (error === undefined) return [];
  return [
    {
      file,
      path,
      value: showValue(expr),
      allowed: 'PromQL',
      fix: `look at character ${error.offset + 1} of the expression`,
    },
  ];
}

/** Every PromQL target in the panels and rows of a dashboard, with its path. Targets of other datasources are left alone. */
export function promqlTargets(node: unknown, path = ''): { path: string; expr: string }[] {
  if (Array.isArray(node)) return node.flatMap((entry, index) => promqlTargets(entry, `${path}[${index}]`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`;
    const other = ['loki', 'tempo', 'jaeger'].includes(datasourceType(node));
    return key === 'expr' && typeof value === 'string' && !other
      ? [{ path: here, expr: value }]
      : promqlTargets(value, here);
  });
}

function datasourceType(node: object): string {
  const datasource = (node as { datasource?: { type?: unknown } }).datasource;
  return typeof datasource === 'object' && datasource !== null ? String(datasource.type) : '';
}
