/** Rule files and dashboards that others have made: which of them a file is, and what is wrong with it. */
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { ExpressionContext, Finding } from '../check';
import { checkDashboard } from '../dashboards/check';
import { type DashboardQuery, queriesOf } from '../dashboards/queries';
import { checkRuleGroups } from '../rules/check';
import { withRecords } from '../rules/record';
import type { RuleGroupText, RuleText } from '../rules/rule-text';
import { type Verdict, verdictOf } from './verdict';

/** What the checks need to know, wherever the expression stands. */
export type LintContext = Omit<ExpressionContext, 'place'>;

/** A finding, and the text that it is in. */
export interface LintFinding {
  readonly field: string;
  readonly text: string;
  readonly finding: Finding;
}

/** A rule, or a query of a dashboard. */
export interface LintItem {
  readonly kind: 'alert' | 'record' | 'query';
  /** Name of the rule, or title of the panel. */
  readonly name: string;
  /** Path in the file. */
  readonly path: string;
  readonly verdict: Verdict;
  readonly findings: readonly LintFinding[];
}

/** What is in a file, or why it cannot be read. */
export type LintedFile =
  | { readonly file: string; readonly items: readonly LintItem[] }
  | { readonly file: string; readonly unreadable: string };

const texts = z.record(z.string(), z.coerce.string());
const groupsSchema = z.array(
  z.looseObject({
    name: z.string(),
    rules: z
      .array(
        z.looseObject({
          alert: z.string().optional(),
          record: z.string().optional(),
          expr: z.coerce.string(),
          for: z.string().optional(),
          labels: texts.optional(),
          annotations: texts.optional(),
        }),
      )
      .default([]),
  }),
);

/** Reads and checks a file: Prometheus' rule files, prometheus-operator's PrometheusRule, Grafana's dashboards. Never throws. */
export function lintFile(file: string, text: string, context: LintContext): LintedFile {
  const documents = parseAllDocuments(text, { prettyErrors: false });
  const broken = 'empty' in documents ? undefined : documents.flatMap(({ errors }) => errors)[0];
  if (broken !== undefined) return { file, unreadable: `neither YAML nor JSON: ${broken.message}` };
  const contents =
    'empty' in documents ? [] : documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
  const results = contents.filter((content) => content !== null).map((content) => lintContent(content, context));
  const bad = results.find((result) => typeof result === 'string');
  if (bad !== undefined || results.length === 0) return { file, unreadable: bad ?? 'an empty file' };
  return { file, items: results.flatMap((result) => (typeof result === 'string' ? [] : result)) };
}

type Json = Readonly<Record<string, unknown>>;

/** The items of one document, or why it is none of ours. */
function lintContent(content: unknown, context: LintContext): readonly LintItem[] | string {
  if (typeof content !== 'object' || content === null) return 'neither rules nor a dashboard';
  const { groups, spec, dashboard } = content as Json;
  const inSpec = typeof spec === 'object' && spec !== null ? (spec as Json) : {};
  const rules = groups ?? inSpec.groups;
  if (rules !== undefined) {
    const parsed = groupsSchema.safeParse(rules);
    if (!parsed.success) return `not a list of rule groups: ${z.prettifyError(parsed.error)}`;
    return lintRules(parsed.data, groups === undefined ? 'spec.groups' : 'groups', context);
  }
  if (inSpec.elements !== undefined) return 'a dashboard of schema version 2: export it as version 1';
  const board = (dashboard ?? content) as Json;
  if (
    !['panels', 'rows', 'templating', 'annotations'].some(
      (key) => Array.isArray(board[key]) || typeof board[key] === 'object',
    )
  )
    return 'neither rules (groups) nor a dashboard (panels)';
  return lintDashboard(board, dashboard === undefined ? '' : 'dashboard.', context);
}

function lintRules(groups: readonly RuleGroupText[], root: string, context: LintContext): readonly LintItem[] {
  const known = withRecords(groups, context);
  const problems = checkRuleGroups(groups, { ...context, style: 'others' });
  return groups.flatMap(({ rules }, group) =>
    rules.map((rule, index) => {
      const findings = problems.filter((problem) => problem.group === group && problem.rule === index);
      return {
        ...identity(rule),
        path: `${root}[${group}].rules[${index}]`,
        ...judged(rule.expr, findings, { ...known, place: 'alert' }),
      };
    }),
  );
}

const identity = ({ alert, record }: RuleText) =>
  record === undefined ? ({ kind: 'alert', name: alert ?? '' } as const) : ({ kind: 'record', name: record } as const);

function lintDashboard(dashboard: Json, root: string, context: LintContext): readonly LintItem[] {
  const problems = checkDashboard(dashboard, context).map(({ path, ...rest }) => ({ field: path, ...rest }));
  const item = ({ where, path, expr }: DashboardQuery): LintItem => ({
    kind: 'query',
    name: where,
    path: root + path,
    ...judged(
      expr,
      problems.filter(({ field }) => field === path),
      { ...context, place: 'panel' },
    ),
  });
  return queriesOf(dashboard).map(item);
}

const judged = (expr: string, findings: readonly LintFinding[], context: ExpressionContext) => ({
  findings,
  verdict: verdictOf(
    expr,
    findings.filter(({ text }) => text === expr).map(({ finding }) => finding),
    context,
  ),
});
