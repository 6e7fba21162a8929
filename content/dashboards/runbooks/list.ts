/** The list of all runbooks: the groups of alerts, in columns. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { byGroup, type ConfiguredAlert } from '../../alerts/configured';
import { runbookUid } from '../../runbooks/url';
import { TAG } from '../render/links';
import { heightOf } from './height';
import { alertsLink } from './links';
import { COMMON, type Page } from './model';

const COLUMNS = 3;
const WIDTH = 24 / COLUMNS;

/** What the list needs besides the alerts. */
export interface ListContext {
  /** Heading of each group of alerts, by its name. */
  readonly titles: ReadonlyMap<string, string>;
  /** Uids of the dashboards that are rendered. */
  readonly dashboards: ReadonlySet<string>;
}

/** The dashboard with a link to each runbook page. */
export function runbookList(alerts: readonly ConfiguredAlert[], { titles, dashboards }: ListContext): Page {
  const chapters = [...byGroup(alerts)].map(([group, same]) => chapter(titles.get(group) ?? group, same));
  const panels = inColumns(chapters).map((column, index) => {
    const content = column.join('\n\n');
    return {
      id: index + 1,
      type: 'text',
      title: '',
      gridPos: { x: index * WIDTH, y: 0, w: WIDTH, h: heightOf(content, WIDTH) },
      options: { mode: 'markdown', content },
    };
  });
  return { ...HEAD, links: [...alertsLink(dashboards), ALL_DASHBOARDS], panels };
}

const chapter = (title: string, alerts: readonly ConfiguredAlert[]) =>
  `#### ${title}\n\n${alerts
    .map(({ definition: { name }, severity, owner }) => `- [${name}](/d/${runbookUid(name)}) ${severity}, ${owner}`)
    .join('\n')}`;

/** The chapters in their order, in columns of about the same height. */
function inColumns(chapters: readonly string[]): readonly (readonly string[])[] {
  const heights = chapters.map((text) => heightOf(text, WIDTH));
  const total = heights.reduce((sum, height) => sum + height, 0);
  const middleOf = (index: number) =>
    heights.slice(0, index).reduce((sum, height) => sum + height, (heights[index] ?? 0) / 2);
  const columnOf = (index: number) => Math.floor((middleOf(index) * COLUMNS) / total);
  return Array.from({ length: COLUMNS }, (_, column) =>
    chapters.filter((_chapter, index) => columnOf(index) === column),
  );
}

const HEAD = {
  uid: DASHBOARD_UIDS.runbooks,
  title: 'Runbooks',
  description: 'The runbook of each alert: what it means, how to find the cause, and how to fix it',
  tags: [TAG],
  // Text does not change.
  refresh: '',
  ...COMMON,
};

const ALL_DASHBOARDS = {
  type: 'dashboards',
  title: 'All dashboards',
  tags: [TAG],
  asDropdown: true,
  keepTime: true,
  icon: 'external link',
};
