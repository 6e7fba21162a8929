import type { Slo } from '../config/schema/slos';
import { type ConfiguredAlert, configuredAlerts } from '../content/alerts/configured';
import { alertingGroups, type RuleGroup, ruleGroups } from '../content/alerts/rule-file';
import { type Outcome, outcomes } from '../content/dashboards';
import { type AlertPanels, alertPanels } from '../content/dashboards/alert-panels';
import { panelRecordingRules } from '../content/dashboards/records';
import { withOwnPanels } from '../content/dashboards/runbooks/own-panel';
import type { Row } from '../content/dashboards/spec';
import type { MissingSource } from '../content/missing-source';
import { checkSlos } from '../content/objectives/checks';
import { slosOf } from '../content/objectives/defaults';
import { selectorsOf } from '../content/objectives/indicator';
import { sloRecordingRules } from '../content/objectives/rules';
import { DASHBOARD_UIDS } from '../lib/dashboard-uids';
import { ALERT_GROUPS } from './alert-groups';
import type { Config } from './config';
import { ExpressionChecks } from './expressions';
import { ALL_COMPONENTS } from './settings';

const OVERVIEW_ROWS = ALL_COMPONENTS.flatMap(({ overview }) => overview ?? []);

/** All rules of an environment, and the checks of their expressions. */
export interface EnvironmentRules {
  /** Every alert, with its rules if it is on. */
  readonly alerts: readonly ConfiguredAlert[];
  /** Prometheus' rules: recording rules, and alerts if Prometheus evaluates them. */
  readonly groups: readonly RuleGroup[];
  readonly expressions: ExpressionChecks;
  /** The problems of the rules, and of the panels that were checked before. */
  readonly problems: () => readonly string[];
  /** The objectives that are recorded. */
  readonly slos: readonly Slo[];
  /** Names of the alerts that a dashboard explains, and Prometheus evaluates. */
  readonly alertsOn: (uid: string) => readonly string[];
  /** Rows that components add to the overview dashboard. */
  readonly overviewRows: readonly Row[];
  /** Which dashboards and panels there are. */
  readonly outcomes: readonly Outcome[];
  /** The panels that alerts lead to. */
  readonly alertPanels: AlertPanels;
}

/**
 * The rules of an environment.
 * @param jobs names of the scrape jobs of the stack's own programs
 * @throws ConfigError if `alerts.rules` names an unknown alert, a threshold is out of bounds, or an objective cannot be measured
 */
export function environmentRules(config: Config, jobs: readonly string[]): EnvironmentRules {
  const { missing } = new ExpressionChecks(config, []);
  const effective = { ...config, slos: measuredSlos(config, missing) };
  const records = [...sloRecordingRules(effective), ...panelRecordingRules(effective, missing)];
  const expressions = new ExpressionChecks(effective, records);
  const alerts = configuredAlerts(ALERT_GROUPS, { config: effective, jobs }, expressions.missing);
  const known = { expressions, slos: effective.slos, overviewRows: OVERVIEW_ROWS };
  const shown = outcomes(effective, known);
  const panels = panelsOf(effective, shown, alerts);
  const all = ruleGroups(records, alertingGroups(effective, alerts, panels.panels));
  const groups = config.alerts.evaluatedBy === 'prometheus' ? all : records;
  return {
    ...known,
    alerts,
    groups,
    outcomes: shown,
    alertPanels: panels,
    // Where Grafana evaluates the rules, Prometheus has no series of them.
    alertsOn: config.alerts.evaluatedBy === 'prometheus' ? panels.alertsOn : () => [],
    problems: () => expressions.problems(all),
  };
}

/** Alerts that no dashboard shows have a panel on their runbook page, if there is one. */
function panelsOf({ alerts: { runbookUrl } }: Config, shown: readonly Outcome[], alerts: readonly ConfiguredAlert[]) {
  const rendered = shown.flatMap(({ selected }) => selected ?? []);
  // Where two panels show the same, the first is chosen. Home shows a little of everything.
  const isHome = ({ uid }: { readonly uid: string }) => uid === DASHBOARD_UIDS.home;
  const found = alertPanels([...rendered.filter((one) => !isHome(one)), ...rendered.filter(isHome)], alerts);
  return runbookUrl === null ? withOwnPanels(found, alerts) : found;
}

/** The objectives whose metrics have a source in this environment. */
function measuredSlos(config: Config, missing: MissingSource): readonly Slo[] {
  checkSlos(config, missing);
  return slosOf(config).filter(({ indicator }) =>
    selectorsOf(indicator).every((selector) => missing(selector) === undefined),
  );
}
