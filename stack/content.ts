import type { StackContent } from '../charts/common/context';
import type { UserDashboard } from '../config/files/dashboards';
import type { RuleFile } from '../config/files/rules';
import { alertingRules } from '../content/alerts/rule-file';
import { renderDashboards } from '../content/dashboards';
import { dashboardJson } from '../content/dashboards/render/json';
import { runbookPages, runbooksJson } from '../content/dashboards/runbooks';
import type { Places } from '../content/runbooks/places';
import { DASHBOARD_UIDS } from '../lib/dashboard-uids';
import { ALERT_GROUPS } from './alert-groups';
import type { Config } from './config';
import type { EnvironmentRules } from './rules';

/** Additions by users of the library. */
export interface Added {
  readonly rules: readonly RuleFile[];
  readonly dashboards: readonly UserDashboard[];
}

/** The input of rules and dashboards, after all components are built. */
export interface ContentSources {
  rules(): EnvironmentRules;
  places(): Places;
  added(): Added;
}

const TITLES = new Map(ALERT_GROUPS.map(({ name, title }) => [name, title]));

const uidsOf = ({ outcomes }: EnvironmentRules): ReadonlySet<string> =>
  new Set(outcomes.flatMap(({ selected }) => selected?.uid ?? []));

/** Rules and dashboards, as components render them. The dashboards are rendered once, because several components ask for them. */
export function contentOf(config: Config, { rules, places, added }: ContentSources): StackContent {
  let own: ReadonlyMap<string, string> | undefined;
  return {
    groups: () => rules().groups,
    grafanaAlerts: () => (config.alerts.evaluatedBy === 'grafana' ? evaluatedAlerts(config, rules()) : []),
    dashboards: () => {
      own ??= ownDashboards(config, rules());
      return own;
    },
    runbooks: () =>
      config.alerts.runbookUrl === null
        ? runbookPages(rules().alerts, {
            at: places(),
            panels: rules().alertPanels.panels,
            dashboards: uidsOf(rules()),
          })
        : new Map(),
    userRules: () => [...config.rules, ...added().rules],
    userDashboards: () => [...config.dashboards, ...added().dashboards],
  };
}

const evaluatedAlerts = (config: Config, { alerts, alertPanels }: EnvironmentRules) =>
  alerts
    .filter(({ off }) => off === null)
    .map((alert) => ({
      group: alert.group,
      owner: alert.definition.owner,
      rules: alertingRules(config, alert),
      panel: alertPanels.panels.get(alert.definition.name),
    }));

const ownDashboards = (config: Config, rules: EnvironmentRules): ReadonlyMap<string, string> =>
  new Map([
    ...[...renderDashboards(config, rules, rules.outcomes)].map(
      ([uid, dashboard]) => [uid, dashboardJson(dashboard)] as const,
    ),
    // Unless the runbooks are published elsewhere.
    ...(config.alerts.runbookUrl === null
      ? [[DASHBOARD_UIDS.runbooks, runbooksJson(rules.alerts, { titles: TITLES, dashboards: uidsOf(rules) })] as const]
      : []),
  ]);
