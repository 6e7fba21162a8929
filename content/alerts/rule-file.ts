import { asTemplateText } from '../../promql/templates/text';
import type { AlertPanel, AlertPanels } from '../dashboards/alert-panels';
import { panelUrlTemplate } from '../dashboards/panel-url';
import type { RecordingGroup, RecordingRule } from '../objectives/rules';
import { type Published, runbookUrl } from '../runbooks/url';
import { byGroup, type ConfiguredAlert } from './configured';

/** An alerting rule, as in a rule file (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/). */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A group of rules, as in a rule file. */
export interface RuleGroup {
  readonly name: string;
  /** @default - the global evaluation interval */
  readonly interval?: string;
  readonly rules: readonly (AlertingRule | RecordingRule)[];
}

/** Every group: recording rules, followed by the alerts of the group with the same name, then the other alerts. */
export function ruleGroups(records: readonly RecordingGroup[], alerts: readonly RuleGroup[]): readonly RuleGroup[] {
  const withRecords = records.map((group) => {
    const same = alerts.find(({ name }) => name === group.name);
    return { ...group, rules: [...group.rules, ...(same?.rules ?? [])] };
  });
  return [...withRecords, ...alerts.filter(({ name }) => !records.some((group) => group.name === name))];
}

/** The groups of alerts that are on, in the order of their definition. A group without a rule is left out. */
export const alertingGroups = (
  config: Published,
  alerts: readonly ConfiguredAlert[],
  panels: AlertPanels['panels'],
): readonly RuleGroup[] =>
  [...byGroup(alerts)].map(([name, same]) => ({
    name,
    rules: same.flatMap((alert) => alertingRules(config, alert, panels.get(alert.definition.name))),
  }));

/**
 * The rules of one alert.
 * @param panel what `dashboard_url` leads to. @default - no such annotation
 */
export function alertingRules(config: Published, alert: ConfiguredAlert, panel?: AlertPanel): readonly AlertingRule[] {
  const { name } = alert.definition;
  const links = {
    runbook_url: asTemplateText(runbookUrl(config, name)),
    ...(panel !== undefined && { dashboard_url: panelUrlTemplate(config.grafana.rootUrl, panel) }),
  };
  return alert.rules.map(({ expr, summary, description, labels }) => ({
    alert: name,
    expr,
    for: alert.for,
    labels: { severity: alert.severity, owner: asTemplateText(alert.owner), ...labels },
    annotations: { summary, description, ...links },
  }));
}
