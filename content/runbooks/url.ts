import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { idOf } from '../dashboards/render/id';
import type { ContentSettings } from '../settings';

/** The settings that say where runbooks are published. */
export type Published = Pick<ContentSettings, 'alerts' | 'grafana'>;

/** The page of an alert: where docs/runbooks is published, or else its panel in the dashboard Runbooks of the stack's own Grafana. */
export function runbookUrl({ alerts, grafana }: Published, alert: string): string {
  if (alerts.runbookUrl !== null) return `${alerts.runbookUrl}${alert}.md`;
  return `${grafana.rootUrl}d/${DASHBOARD_UIDS.runbooks}?viewPanel=panel-${idOf('panel', alert)}`;
}
