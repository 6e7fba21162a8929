/** The pages about alerts: the list, and a runbook for each alert. */

import type { AlertDefinition } from '../content/alerts/alert';
import type { ConfiguredAlert } from '../content/alerts/configured';
import type { AlertPanels } from '../content/dashboards/alert-panels';
import { runbookText } from '../content/runbooks/page';
import type { Places } from '../content/runbooks/places';
import { withReferences } from '../content/runbooks/references';
import { withoutGaps } from '../content/runbooks/runbook';
import { runbookUid } from '../content/runbooks/url';
import { table } from '../lib/markdown';
import { ALERT_GROUPS } from '../stack/alert-groups';

/** The alerts of an environment. */
export interface EnvironmentAlerts {
  readonly environment: string;
  readonly alerts: readonly ConfiguredAlert[];
  readonly panels: AlertPanels['panels'];
}

const INTRO =
  'Every alert, with the panel that its annotation `dashboard_url` leads to, and the number of its rules in each environment. Change an alert by its name, for example ' +
  '`alerts: {rules: {CollectorQueueFills: {threshold: 80, for: 10m, severity: critical}}}`, or disable it with `enabled: false`.';

/** The list of all alerts, with a table for each group. */
export function alertsPage(environments: readonly EnvironmentAlerts[]): string {
  const head = [
    'alert',
    'severity',
    'owner',
    'for',
    'threshold',
    'shown by',
    ...environments.map(({ environment }) => environment),
  ];
  const sections = ALERT_GROUPS.map(({ title, alerts }) => {
    const rows = alerts.map((alert) => [
      `[${alert.name}](runbooks/${alert.name}.md)`,
      alert.severity,
      alert.owner,
      alert.for,
      thresholdText(alert),
      panelOf(alert, environments),
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

/** The panel that `dashboard_url` leads to, in the first environment that has one. */
function panelOf({ name }: AlertDefinition, environments: readonly EnvironmentAlerts[]): string {
  const [panel] = environments.flatMap(({ panels }) => panels.get(name) ?? []);
  if (panel === undefined) return '';
  if (panel.uid === runbookUid(name)) return 'its runbook page';
  return `${panel.panelTitle} ([${panel.dashboardTitle}](dashboards.md#${panel.uid}))`;
}

function stateOf({ name }: AlertDefinition, { alerts }: EnvironmentAlerts): string {
  const found = alerts.find(({ definition }) => definition.name === name);
  if (found === undefined) return '';
  return found.off === null ? `${found.rules.length} rules`.replace(/^1 rules$/, '1 rule') : `off: ${found.off}`;
}

/**
 * A page an alert: its path to its text. The pages are for readers who have no environment at hand: every alert has one, with its
 * default settings.
 * @param at the places that its commands name
 */
export const runbookPages = (at: Places): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ALERT_GROUPS.flatMap(({ alerts }) =>
      alerts.map((alert) => [`docs/runbooks/${alert.name}.md`, runbookPage(alert, at)]),
    ),
  );

const whose = ({ environment }: Places) =>
  `> Names are those of the environment \`${environment}\`; severity, duration and threshold are the defaults. The stack's Grafana has this page with the names and settings of its own environment, and with what fires now.`;

const NAMES = new Set(ALERT_GROUPS.flatMap(({ alerts }) => alerts.map(({ name }) => name)));

function runbookPage(alert: AlertDefinition, at: Places): string {
  const runbook = withoutGaps(
    alert.runbook(at, alert.threshold?.value ?? 0, () => true),
    () => false,
  );
  const text = withReferences(runbookText(alert, runbook), (name) =>
    name !== alert.name && NAMES.has(name) ? `${name}.md` : undefined,
  );
  return `# ${alert.name}\n\n${whose(at)}\n\n${text}\n`;
}
