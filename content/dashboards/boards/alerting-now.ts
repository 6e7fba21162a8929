/** Panels of alerts: those that fire now. */

import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { ContentSettings } from '../../settings';
import type { Lines, Link, Table, Values } from '../spec';

const NONE_FIRING = 'None is firing. Whether rules are evaluated at all is shown below';
const FIRING = 'alertstate="firing"';

export const bySeverity = (): Values => ({
  kind: 'stat',
  title: 'Firing alerts by severity',
  description:
    "Alerts that fire now. One of severity info is the dead-man's switch, which fires as long as all is well",
  unit: 'short',
  noData: NONE_FIRING,
  width: 12,
  queries: [{ expr: `count by (severity) (ALERTS{${FIRING}})`, legend: '{{severity}}' }],
});

export const pending = (): Values => ({
  kind: 'stat',
  title: 'Pending alerts by severity',
  description: 'Alerts whose condition holds, and not yet for as long as they need to fire',
  unit: 'short',
  noData: 'None is pending. Whether rules are evaluated at all is shown below',
  width: 12,
  queries: [{ expr: 'count by (severity) (ALERTS{alertstate="pending"})', legend: '{{severity}}' }],
});

/** The runbook of the alert in a row, if runbooks are published; otherwise the dashboard with all runbooks. */
const runbook = ({ runbookUrl }: ContentSettings['alerts']): Link =>
  runbookUrl === null
    ? { title: 'Runbooks', url: `/d/${DASHBOARD_UIDS.runbooks}` }
    : { title: 'Runbook', url: `${runbookUrl}\${__data.fields.Alert}.md` };

export const firing = (alerts: ContentSettings['alerts']): Table => ({
  kind: 'table',
  title: 'Firing alerts',
  description: 'What fires now, and for how many things. A click leads to the runbook',
  unit: 'short',
  noData: NONE_FIRING,
  columns: { alertname: 'Alert', severity: 'Severity', owner: 'Owner' },
  queries: [{ expr: `count by (alertname, severity, owner) (ALERTS{${FIRING}})`, legend: 'Count' }],
  links: [runbook(alerts)],
});

export const history = (): Lines => ({
  kind: 'lines',
  title: 'Firing alerts over time',
  description: 'How many things each alert fires for: what came first is often the cause',
  unit: 'short',
  noData: NONE_FIRING,
  stacked: true,
  queries: [{ expr: `count by (alertname) (ALERTS{${FIRING},severity=~"critical|warning"})`, legend: '{{alertname}}' }],
});
