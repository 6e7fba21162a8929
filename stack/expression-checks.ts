/** Checks the user's rules and dashboards against the metrics of each environment, which may declare its own metrics. */

import type { UserDashboard } from '../config/files/dashboards';
import type { RuleFile } from '../config/files/rules';
import type { Problem } from '../config/problems';
import { DATASOURCE_UIDS } from '../lib/datasource-uids';
import {
  checkDashboard,
  checkRuleGroups,
  type DashboardContext,
  excerpt,
  type Finding,
  REFUSED,
  withRecords,
} from '../promql';
import { checkContext } from './metric-catalogue';
import type { Settings } from './settings';

/** The parts of an environment that the checks need. */
type Environment = Settings & { readonly environment: string };

/** The user's own files. */
export interface OwnFiles {
  readonly rules: readonly RuleFile[];
  readonly dashboards: readonly UserDashboard[];
}

/** A finding in a file of the user. */
interface Found {
  readonly file: string;
  readonly path: string;
  readonly line?: number;
  readonly text: string;
  readonly finding: Finding;
}

/** Names that our own recording rules write. The rules are made after the configuration is checked, so only their names are known here. */
const OUR_RECORDS = ['slo:*'];

/** Every error in the user's rules and dashboards, once, with the environments that it affects. `npm run lint:promql` prints warnings too. */
export function expressionProblems(environments: readonly Environment[], own: OwnFiles): Problem[] {
  if (own.rules.length === 0 && own.dashboards.length === 0) return [];
  const byKey = new Map<string, { readonly found: Found; readonly environments: string[] }>();
  for (const settings of environments) {
    for (const found of findingsIn(settings, own)) {
      const key = [found.file, found.path, found.finding.rule, found.finding.from].join(' ');
      const entry = byKey.get(key) ?? { found, environments: [] };
      entry.environments.push(settings.environment);
      byKey.set(key, entry);
    }
  }
  return [...byKey.values()].map((entry) => problemOf(entry.found, entry.environments));
}

/** Errors of rules and dashboards in one environment. */
function findingsIn(settings: Environment, { rules, dashboards }: OwnFiles): readonly Found[] {
  const groups = rules.flatMap(({ content }) => content.groups);
  const context = withRecords(groups, contextOf(settings));
  const inRules = rules.flatMap(({ name, content, lines }) =>
    checkRuleGroups(content.groups, { ...context, style: 'lenient' }).map(({ group, rule, field, text, finding }) => ({
      file: `rules/${name}`,
      path: `groups[${group}].rules[${rule}].${field}`,
      line: lines.lineOf(['groups', group, 'rules', rule, ...field.split('.')]),
      text,
      finding,
    })),
  );
  const inDashboards = dashboards.flatMap(({ name, content }) =>
    checkDashboard(content, context).map(({ path, text, finding }) => ({
      file: `dashboards/${name}`,
      path,
      text,
      finding,
    })),
  );
  return [...inRules, ...inDashboards].filter(({ finding }) => finding.level === 'error');
}

function contextOf(settings: Environment): DashboardContext {
  const known = checkContext(settings);
  const accepted = [...(known.accepted ?? []), ...OUR_RECORDS];
  const datasources = Object.values(DATASOURCE_UIDS).filter(
    (uid) => uid !== DATASOURCE_UIDS.alertmanager || settings.alertmanager.enabled,
  );
  return { ...known, accepted, datasources };
}

function problemOf({ file, path, line, text, finding }: Found, environments: readonly string[]): Problem {
  const [shown, carets] = excerpt(text, finding);
  const files = environments.map((name) => `environments/${name}.yaml`).join(' and ');
  const declare = DECLARABLE.has(finding.rule)
    ? `declare it under metrics in ${files}, where your own service emits it`
    : '';
  return {
    file,
    line,
    path,
    // Problems are printed with their values 13 columns to the right.
    value: text === '' ? undefined : `${shown}\n${' '.repeat(13)}${carets}`,
    allowed: `${finding.message} (${finding.rule})`,
    fix:
      [finding.fix, declare].filter(Boolean).join('; or ') ||
      (REFUSED.has(finding.rule) ? 'correct it' : `correct it, or write # allow ${finding.rule} behind the expression`),
  };
}

/** Findings that the declaration of a metric can resolve. */
const DECLARABLE: ReadonlySet<string> = new Set(['unknown-metric', 'unknown-label']);
