import type { Config } from '../../config/load';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { ALERT_GROUPS } from './groups';

/** The page of an alert: where docs/runbooks is published, or else a panel of the stack's own Grafana. */
export function runbookUrl({ alerts, grafana }: Pick<Config, 'alerts' | 'grafana'>, alert: string): string {
  if (alerts.runbookUrl !== null) return `${alerts.runbookUrl}${alert}.md`;
  return `${grafana.rootUrl}d/${DASHBOARD_UIDS.runbooks}?viewPanel=panel-${runbookPanelId(alert)}`;
}

const ALL = ALERT_GROUPS.flatMap(({ alerts }) => alerts.map(({ name }) => name));

/** Id of an alert's panel in the dashboard Runbooks, from 1: its place in the list of all alerts. */
export const runbookPanelId = (alert: string): number => ALL.indexOf(alert) + 1;
