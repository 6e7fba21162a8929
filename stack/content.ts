import type { StackContent } from '../charts/common/context';
import type { UserDashboard } from '../config/files/dashboards';
import type { RuleFile } from '../config/files/rules';
import { alertingRules } from '../content/alerts/rule-file';
import { renderDashboards } from '../content/dashboards';
import { runbooksJson } from '../content/dashboards/runbooks';
import type { Places } from '../content/runbooks/places';
import { toJson } from '../lib/config-file';
import { DASHBOARD_UIDS } from '../lib/dashboard-uids';
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

/** Rules and dashboards, as components render them. The dashboards are rendered once, because several components ask for them. */
export function contentOf(config: Config, { rules, places, added }: ContentSources): StackContent {
  let own: ReadonlyMap<string, string> | undefined;
  return {
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
    dashboards: () => {
      own ??= ownDashboards(config, rules(), places);
      return own;
    },
    userRules: () => [...config.rules, ...added().rules],
    userDashboards: () => [...config.dashboards, ...added().dashboards],
  };
}

const ownDashboards = (config: Config, rules: EnvironmentRules, places: () => Places): ReadonlyMap<string, string> =>
  new Map([
    ...[...renderDashboards(config, rules)].map(([uid, dashboard]) => [uid, toJson(dashboard)] as const),
    // Alerts link to it, unless the runbooks are published elsewhere.
    ...(config.alerts.runbookUrl === null
      ? [[DASHBOARD_UIDS.runbooks, runbooksJson(rules.alerts, places())] as const]
      : []),
  ]);
