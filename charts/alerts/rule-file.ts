import type { Config } from '../../config/load';
import type { ConfiguredAlert } from './configured';
import { runbookUrl } from './runbook-url';

/** An alerting rule, as it stands in a rule file (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/). */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A recording rule, as it stands in a rule file. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A group of rules, as it stands in a rule file. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly (AlertingRule | RecordingRule)[];
}

/** The groups of alerts that are on, in the order of their definition. A group without a rule is left out. */
export function alertingGroups(config: Config, alerts: readonly ConfiguredAlert[]): readonly RuleGroup[] {
  const names = [...new Set(alerts.map(({ group }) => group))];
  return names
    .map((name) => ({
      name,
      rules: alerts.filter(({ group }) => group === name).flatMap((alert) => alertingRules(config, alert)),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** The rules of one alert. */
export function alertingRules(config: Config, alert: ConfiguredAlert): readonly AlertingRule[] {
  const { name, owner } = alert.definition;
  return alert.rules.map(({ expr, summary, description, labels }) => ({
    alert: name,
    expr,
    for: alert.for,
    labels: { severity: alert.severity, owner: config.alerts.owners[owner], ...labels },
    annotations: { summary, description, runbook_url: runbookUrl(config, name) },
  }));
}
