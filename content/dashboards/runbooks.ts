import {
  DashboardBuilder,
  type Dashboard as GrafanaDashboard,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { TextMode, PanelBuilder as TextPanel } from '@grafana/grafana-foundation-sdk/text';
import { DASHBOARD_UIDS } from '../../lib/dashboard-uids';
import { byGroup, type ConfiguredAlert } from '../alerts/configured';
import { runbookText } from '../runbooks/page';
import type { Places } from '../runbooks/places';
import { idOf } from './render/id';
import { TAG } from './render/links';

const TITLE = 'Runbooks';
const PANEL = { width: 12, height: 18 } as const;

/**
 * The runbooks of all enabled alerts, as JSON: the pages that `runbook_url` leads to by default. Each line is one panel: with indentation,
 * the JSON would exceed our size limit for a Kubernetes object.
 */
export function runbooksJson(alerts: readonly ConfiguredAlert[], at: Places): string {
  const { panels = [], ...rest } = runbooks(alerts, at);
  const lines = panels.map((panel) => JSON.stringify(panel)).join(',\n');
  return `${JSON.stringify(rest).slice(0, -1)},"panels":[\n${lines}\n]}\n`;
}

function runbooks(alerts: readonly ConfiguredAlert[], at: Places): GrafanaDashboard {
  const builder = new DashboardBuilder(TITLE)
    .uid(DASHBOARD_UIDS.runbooks)
    .description('What each alert means, how to see what is the matter, and how to mend it')
    .tags([TAG])
    .refresh('')
    .timezone('browser')
    .readonly();
  let y = 0;
  for (const [group, same] of byGroup(alerts)) {
    builder.withRow(new RowBuilder(group).id(idOf('row', group)).gridPos({ x: 0, y, w: 24, h: 1 }));
    y += 1;
    for (const [index, alert] of same.entries()) {
      const x = (index % 2) * PANEL.width;
      if (index > 0 && x === 0) y += PANEL.height;
      builder.withPanel(page(alert, at).gridPos({ x, y, w: PANEL.width, h: PANEL.height }));
    }
    y += PANEL.height;
  }
  return builder.build();
}

function page(alert: ConfiguredAlert, at: Places): TextPanel {
  const { name } = alert.definition;
  const runbook = alert.runbook(at);
  return new TextPanel()
    .id(idOf('panel', name))
    .title(name)
    .mode(TextMode.Markdown)
    .content(runbookText(alert, runbook));
}
