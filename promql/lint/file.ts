/** Checks third-party rule files and dashboards. */
import type { CheckContext, ExpressionContext } from '../context';
import { checkDashboard } from '../dashboards/check';
import { type DashboardQuery, queriesOf } from '../dashboards/queries';
import type { Finding } from '../finding';
import { checkRuleGroups } from '../rules/check';
import { withRecords } from '../rules/record';
import type { RuleGroupText, RuleText } from '../rules/rule-text';
import { type Content, readContent } from './content';
import { type Verdict, verdictOf } from './verdict';

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
  | {
      readonly file: string;
      readonly items: readonly LintItem[];
      /** What Prometheus refuses in the form of the file, which it then does not load. */
      readonly form: readonly string[];
    }
  | { readonly file: string; readonly unreadable: string };

/** A file to check. */
export interface FileText {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads and checks files: Prometheus' rule files, prometheus-operator's PrometheusRule, Grafana's dashboards. Rules and
 * panels may read what the rules of another file record. Never throws.
 */
export function lintFiles(files: readonly FileText[], context: CheckContext): readonly LintedFile[] {
  const read = files.map(({ file, text }) => ({ file, content: readContent(text) }));
  const groups = read.flatMap(({ content }) => (typeof content === 'string' ? [] : content.flatMap(groupsOf)));
  const known = withRecords(groups, context);
  return read.map(({ file, content }) =>
    typeof content === 'string'
      ? { file, unreadable: content }
      : {
          file,
          items: content.flatMap((document) => lintDocument(document, known)),
          form: content.flatMap((document) => ('form' in document ? document.form : [])),
        },
  );
}

const groupsOf = (document: Content): readonly RuleGroupText[] => ('groups' in document ? document.groups : []);

const lintDocument = (document: Content, context: CheckContext): readonly LintItem[] =>
  'groups' in document
    ? lintRules(document.groups, document.root, context)
    : lintDashboard(document.dashboard, document.root, context);

function lintRules(groups: readonly RuleGroupText[], root: string, context: CheckContext): readonly LintItem[] {
  const problems = checkRuleGroups(groups, { ...context, style: 'lenient' });
  return groups.flatMap(({ rules }, group) =>
    rules.map((rule, index) => {
      const findings = problems.filter((problem) => problem.group === group && problem.rule === index);
      return {
        ...identity(rule),
        path: `${root}[${group}].rules[${index}]`,
        ...judged(rule.expr, findings, { ...context, place: 'alert' }),
      };
    }),
  );
}

const identity = ({ alert, record }: RuleText) =>
  record === undefined ? ({ kind: 'alert', name: alert ?? '' } as const) : ({ kind: 'record', name: record } as const);

function lintDashboard(dashboard: unknown, root: string, context: CheckContext): readonly LintItem[] {
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
