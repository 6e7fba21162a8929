/** Links at the top of the runbook pages. Grafana shows those that have no `placement`; the others are in a menu. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';

/** A link that takes the time range along. */
export const link = (title: string, url: string) => ({ type: 'link', title, url, icon: 'dashboard', keepTime: true });

/** The link to the dashboard of alerts, if it is rendered. */
export const alertsLink = (dashboards: ReadonlySet<string>) =>
  dashboards.has(DASHBOARD_UIDS.alerting) ? [link('Alerts', `/d/${DASHBOARD_UIDS.alerting}`)] : [];
