/** Pages about alerts: the list of all, and a runbook each. */

import type { AlertDefinition } from '../content/alerts/alert';
import type { ConfiguredAlert } from '../content/alerts/configured';
import { runbookText } from '../content/runbooks/page';
import { table } from '../lib/markdown';
import { ALERT_GROUPS } from '../stack/alert-groups';

/** An environment, and its alerts. */
export interface EnvironmentAlerts {
  readonly environment: string;
  readonly alerts: readonly ConfiguredAlert[];
}

const INTRO =
  'Every alert, and whether each environment has it: `rules` is how many rules it is made of there. Each can be changed by its name, as ' +
  '`alerts: {rules: {CollectorQueueFills: {threshold: 80, for: 10m, severity: critical}}}`, or switched off with `enabled: false`.';

/** The list of all alerts, a table a group. */
export function alertsPage(environments: readonly EnvironmentAlerts[]): string {
  const head = [
    'alert',
    'severity',
    'owner',
    'for',
    'threshold',
    ...environments.map(({ environment }) => environment),
  ];
  const sections = ALERT_GROUPS.map(({ title, alerts }) => {
    const rows = alerts.map((alert) => [
      `[${alert.name}](runbooks/${alert.name}.md)`,
      alert.severity,
      alert.owner,
      alert.for,
      thresholdText(alert),
      ...environments.map((environment) => stateOf(alert, environment)),
    ]);
    return `## ${title}\n\n${table(head, rows)}\n`;
  });
  return `# Alerts\n\n${INTRO}\n\n${sections.join('\n')}`;
}

function thresholdText({ threshold }: AlertDefinition): string {
  if (threshold === undefined) return '';
  const { value, unit, min, max } = threshold;
  return `${value} ${unit} (${min} to ${max})`;
}

function stateOf({ name }: AlertDefinition, { alerts }: EnvironmentAlerts): string {
  const found = alerts.find(({ definition }) => definition.name === name);
  if (found === undefined) return '';
  return found.off === null ? `${found.rules.length} rules`.replace(/^1 rules$/, '1 rule') : `off: ${found.off}`;
}

/** A page an alert: its path to its text. */
export const runbookPages = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ALERT_GROUPS.flatMap(({ alerts }) =>
      alerts.map((alert) => [`docs/runbooks/${alert.name}.md`, `# ${alert.name}\n\n${runbookText(alert)}\n`]),
    ),
  );
