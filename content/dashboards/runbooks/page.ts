/** The runbook page of one alert, as Grafana's JSON model: what fires, and what to do about it. */
import { DASHBOARD_UIDS, MAX_UID_LENGTH, RUNBOOK_UID_PREFIX } from '../../../lib/dashboard-uids';
import type { ConfiguredAlert } from '../../alerts/configured';
import { runbookText } from '../../runbooks/page';
import type { Places } from '../../runbooks/places';
import { withReferences } from '../../runbooks/references';
import { runbookUid } from '../../runbooks/url';
import type { AlertPanel, AlertPanels } from '../alert-panels';
import { panelPath } from '../panel-url';
import { heightOf } from './height';
import { firing, listed } from './instances';
import { alertsLink, link } from './links';
import { COMMON, IDS, type Page } from './model';
import { ownPanel } from './own-panel';
import { stacked } from './stacked';

/** Tag of the runbook pages. They do not have that of the dashboards, which would then list more than a hundred pages. */
const TAG = 'runbook';

/** Columns: what fires stands at the left, the text at the right. */
const LEFT = 8;
const RIGHT = 16;

/** What the pages of an environment have in common. */
export interface PageContext {
  readonly at: Places;
  /** What shows the metric of each alert. */
  readonly panels: AlertPanels['panels'];
  /** Uids of the dashboards that are rendered. */
  readonly dashboards: ReadonlySet<string>;
  /** Names of the alerts that have a page. */
  readonly pages: ReadonlySet<string>;
}

/**
 * The page of an alert.
 * @throws Error if the name of the alert is too long for a uid
 */
export function runbookPage(alert: ConfiguredAlert, { at, panels, dashboards, pages }: PageContext): Page {
  const { name } = alert.definition;
  const panel = panels.get(name);
  const runbook = alert.runbook(at);
  const uid = uidOf(name);
  const content = withReferences(runbookText(alert, runbook), (other) =>
    other !== name && pages.has(other) ? `/d/${runbookUid(other)}` : undefined,
  );
  const instances = at.evaluatedBy === 'prometheus' ? firing(name, alert.severity) : [listed(name)];
  return {
    uid,
    title: name,
    description: runbook.meaning,
    tags: [TAG],
    ...COMMON,
    refresh: '30s',
    links: [...panelLink(uid, panel), ...alertsLink(dashboards), link('All runbooks', `/d/${DASHBOARD_UIDS.runbooks}`)],
    panels: [
      ...stacked([...instances, ...(panel?.uid === uid ? [ownPanel(alert)] : [])], LEFT),
      {
        id: IDS.runbook,
        type: 'text',
        title: 'Runbook',
        gridPos: { x: LEFT, y: 0, w: RIGHT, h: heightOf(content, RIGHT) },
        options: { mode: 'markdown', content },
      },
    ],
  };
}

function uidOf(alert: string): string {
  const uid = runbookUid(alert);
  if (uid.length <= MAX_UID_LENGTH) return uid;
  const most = MAX_UID_LENGTH - RUNBOOK_UID_PREFIX.length;
  throw new Error(
    `Alert ${alert}: its name has ${alert.length} characters, and may have ${most}, because ${uid} is the uid of its runbook page, and Grafana takes no uid of more than ${MAX_UID_LENGTH}. Shorten the name.`,
  );
}

/** None if the panel is on the page itself. */
const panelLink = (uid: string, panel: AlertPanel | undefined) =>
  panel === undefined || panel.uid === uid
    ? []
    : [link(`${panel.panelTitle} (${panel.dashboardTitle})`, `/${panelPath(panel)}`)];
