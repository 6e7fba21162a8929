import type { Slo } from '../config/schema/slos';
import { type ConfiguredAlert, configuredAlerts } from '../content/alerts/configured';
import { alertingGroups, type RuleGroup, ruleGroups } from '../content/alerts/rule-file';
import type { Row } from '../content/dashboards/spec';
import { checkSlos } from '../content/objectives/checks';
import { slosOf } from '../content/objectives/defaults';
import { selectorsOf } from '../content/objectives/indicator';
import { sloRecordingRules } from '../content/objectives/rules';
import { ALERT_GROUPS } from './alert-groups';
import type { Config } from './config';
import { ExpressionChecks } from './expressions';
import { ALL_COMPONENTS } from './settings';

const OVERVIEW_ROWS = ALL_COMPONENTS.flatMap(({ overview }) => overview ?? []);

/** Everything that is evaluated in an environment, and the contract that it was checked against. */
export interface EnvironmentRules {
  /** Every alert, with its rules where it is on. */
  readonly alerts: readonly ConfiguredAlert[];
  /** Prometheus' rules: recordings, and the alerts where Prometheus evaluates them. */
  readonly groups: readonly RuleGroup[];
  readonly expressions: ExpressionChecks;
  /** What is wrong with the rules, and with the panels that were checked before. */
  readonly problems: () => readonly string[];
  /** The objectives that are recorded. */
  readonly slos: readonly Slo[];
  /** Rows that components add to the overview dashboard. */
  readonly overviewRows: readonly Row[];
}

/**
 * The rules of an environment.
 * @param jobs names of the scrape jobs of the stack's own programs
 * @throws ConfigError where `alerts.rules` names no alert, a threshold is out of bounds, or an objective cannot be judged
 */
export function environmentRules(config: Config, jobs: readonly string[]): EnvironmentRules {
  const effective = { ...config, slos: measuredSlos(config) };
  const records = sloRecordingRules(effective);
  const expressions = new ExpressionChecks(effective, records);
  const alerts = configuredAlerts(ALERT_GROUPS, { config: effective, jobs }, expressions.missing);
  const all = ruleGroups(records, alertingGroups(effective, alerts));
  const groups = config.alerts.evaluatedBy === 'prometheus' ? all : records;
  return {
    alerts,
    groups,
    expressions,
    slos: effective.slos,
    overviewRows: OVERVIEW_ROWS,
    problems: () => expressions.problems(all),
  };
}

/** The objectives whose indicators somebody counts in this environment. */
function measuredSlos(config: Config): readonly Slo[] {
  const { missing } = new ExpressionChecks(config, []);
  checkSlos(config, missing);
  return slosOf(config).filter(({ indicator }) =>
    selectorsOf(indicator).every((selector) => missing(selector) === undefined),
  );
}
