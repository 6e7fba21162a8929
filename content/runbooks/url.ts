/** Where runbooks are. */
import { RUNBOOK_UID_PREFIX } from '../../lib/dashboard-uids';
import type { ContentSettings } from '../settings';

/** The settings that say where runbooks are published. */
export type Published = Pick<ContentSettings, 'alerts'> & {
  readonly grafana: Pick<ContentSettings['grafana'], 'rootUrl'>;
};

/** The uid of an alert's runbook page in the stack's own Grafana. */
export const runbookUid = (alert: string): string => `${RUNBOOK_UID_PREFIX}${alert}`;

/** The page of an alert, for links outside of Grafana: where docs/runbooks is published, or else in the stack's own Grafana. */
export const runbookUrl = ({ alerts, grafana }: Published, alert: string): string =>
  alerts.runbookUrl === null ? `${grafana.rootUrl}d/${runbookUid(alert)}` : `${alerts.runbookUrl}${alert}.md`;

/**
 * The page of an alert, for links in dashboards.
 * @param alert name of the alert, or a variable of Grafana with it, as `${__data.fields.Alert}` for the column Alert of a table
 */
export const runbookLink = ({ runbookUrl: published }: Published['alerts'], alert: string): string =>
  published === null ? `/d/${runbookUid(alert)}` : `${published}${alert}.md`;
