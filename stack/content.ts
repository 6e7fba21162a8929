import type { StackContent } from '../charts/shared/context';
import type { UserDashboard } from '../config/files/dashboards';
import type { RuleFile } from '../config/files/rules';
import { alertingRules } from '../content/alerts/rule-file';
import { renderDashboards } from '../content/dashboards';
import { runbooks } from '../content/dashboards/runbooks';
import { DASHBOARD_UIDS } from '../lib/dashboard-uids';
import type { Config } from './config';
import type { EnvironmentRules } from './rules';

/** What users of the library added. */
export interface Added {
  readonly rules: readonly RuleFile[];
  readonly dashboards: readonly UserDashboard[];
}

/**
 * Rules and dashboards, as components render them.
 * @param rules is called when all components are built
 */
export const contentOf = (config: Config, rules: () => EnvironmentRules, added: () => Added): StackContent => ({
  groups: () => rules().groups,
  grafanaAlerts: () =>
    config.alerts.evaluatedBy === 'grafana'
      ? rules()
          .alerts.filter(({ off }) => off === null)
          .map((alert) => ({
            group: alert.group,
            owner: alert.definition.owner,
            rules: alertingRules(config, alert),
          }))
      : [],
  dashboards: () =>
    new Map<string, object>([
      ...renderDashboards(config, rules()),
      // Alerts link to it, unless their runbooks are published elsewhere.
      ...(config.alerts.runbookUrl === null ? [[DASHBOARD_UIDS.runbooks, runbooks(rules().alerts)] as const] : []),
    ]),
  userRules: () => [...config.rules, ...added().rules],
  userDashboards: () => [...config.dashboards, ...added().dashboards],
});
