/** Panels of alerts: which fire, what they are about, and since when. */
import { selector } from '../../../metrics/spans';
import { WATCHDOG } from '../../alerts/watchdog';
import { runbookLink } from '../../runbooks/url';
import type { ContentSettings } from '../../settings';
import { ABOUT, withAbout } from '../parts/about';
import { cell } from '../parts/cells';
import type { AlertList, Column, Link, Query, Table } from '../spec';
import { UNITS } from '../units';
import { alerts, FIRING, NONE_FIRING } from './alerting-now';

/** Milliseconds before an alert began in which its cause is looked for. */
const BEFORE = 3_600_000;

/** The runbook of the alert in a row: over the time in which it began, where it is a dashboard of the stack's own Grafana. */
const runbook = (alerts: ContentSettings['alerts']): Link => ({
  title: 'Runbook',
  url: `${runbookLink(alerts, cell('Alert'))}${alerts.runbookUrl === null ? `?from=${cell('From.numeric')}&to=now` : ''}`,
});

const SEVERITY: Column = {
  show: 'colour',
  words: {
    2: { text: 'critical', colour: 'red' },
    1: { text: 'warning', colour: 'orange' },
    0: { text: 'info', colour: 'blue' },
  },
};

/** The firing alerts as numbers by urgency: 2 critical, 1 warning, 0 any other severity. */
const urgency = (of: string) =>
  `2 * ${alerts(of, FIRING, 'severity="critical"')} or ${alerts(of, FIRING, 'severity="warning"')} or 0 * ${alerts(of, FIRING, 'severity!~"critical|warning"')}`;
/** When the condition of each firing alert began to hold, in seconds since 1970. */
const began = (of: string) => `${selector('ALERTS_FOR_STATE', of)} and ignoring (alertstate) ${alerts(of, FIRING)}`;

/**
 * The alerts that fire, the most urgent and newest first.
 * @param matchers those of the dashboard's variables; empty where it has none
 * @param by labels besides the alert's name that become columns before the last, which says what it is about
 */
export function firing(
  settings: ContentSettings['alerts'],
  { matchers, by = {} }: { readonly matchers: string; readonly by?: Readonly<Record<string, string>> },
): Table {
  const of = [`alertname!="${WATCHDOG}"`, matchers].filter((one) => one !== '').join();
  const labels = ['alertname', ...Object.keys(by), ABOUT].join(', ');
  const since = `1000 * min by (${labels}) (${withAbout(began(of))})`;
  const queries: readonly [Query, ...Query[]] = [
    { expr: `max by (${labels}) (${withAbout(urgency(of))})`, legend: 'Severity' },
    { expr: since, legend: 'Since' },
    { expr: `${since} - ${BEFORE}`, legend: 'From' },
  ];
  return {
    kind: 'table',
    title: 'Alerts that fire',
    description:
      "What fires now, what it is about, and since when its condition holds. The most urgent and newest first, without the dead man's switch. The name leads to the runbook",
    unit: UNITS.count,
    noData: NONE_FIRING,
    columns: { alertname: 'Alert', ...by, [ABOUT]: 'About' },
    queries,
    cells: {
      // Short names: what is left belongs to what the alert is about.
      ...Object.fromEntries(Object.values(by).map((heading) => [heading, { width: 110 }])),
      Severity: { ...SEVERITY, width: 90 },
      Since: { unit: UNITS.since, width: 130 },
      From: { hidden: true },
    },
    sortBy: 'Severity',
    thenBy: 'Since',
    links: [runbook(settings)],
  };
}

/** The alerts of Grafana, where it evaluates the rules. */
export const inGrafana = (): AlertList => ({
  kind: 'alerts',
  title: 'Alerts that fire',
  description:
    "What fires or is pending in Grafana, which evaluates the rules here, and for how long. Without the dead man's switch. Each leads to its rule, which names the runbook",
  noData: 'No alert fires. Alerting > Alert rules shows whether they are evaluated',
  matchers: `alertname!="${WATCHDOG}"`,
});
