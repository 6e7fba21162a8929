import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type DashboardLink, DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardUid } from '../../../lib/dashboard-uids';
import type { Link } from '../spec';

/** Titles of the dashboards that are rendered: a link to another one is left out. */
export type Titles = ReadonlyMap<DashboardUid, string>;

/** Tag of every dashboard of ours. */
export const TAG = 'cdk8s-observability';

/** The data links of a line or value. */
export const dataLinks = (links: readonly Link[], titles: Titles): Builder<DashboardLink>[] =>
  links.flatMap((link) => {
    if ('url' in link) return [ofValue(link.title, link.url)];
    return titles.has(link.dashboard) ? [ofValue(link.title, urlOf(link.dashboard, link.variables ?? {}))] : [];
  });

/** Only links of a dashboard have a place. The SDK gives one to all. */
const ofValue = (title: string, url: string): Builder<DashboardLink> => ({
  build: () => {
    const { placement: _, ...link } = leading(title, url).build();
    return link;
  },
});

/** The links at the top of a dashboard: related dashboards, and a list of all. */
export const dashboardLinks = (related: readonly DashboardUid[], titles: Titles): DashboardLinkBuilder[] => [
  ...related.flatMap((uid) => {
    const title = titles.get(uid);
    return title === undefined ? [] : [leading(title, `/d/${uid}`).keepTime(true).includeVars(true).icon('dashboard')];
  }),
  new DashboardLinkBuilder('All dashboards')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .keepTime(true),
];

const leading = (title: string, url: string) =>
  new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(false);

/**
 * The URL of a dashboard in the time range that is shown, with values of its variables. It begins with a slash: Grafana puts the path of
 * its `root_url` in front of it. Grafana expands and encodes `${…}` on a click.
 */
export function urlOf(uid: DashboardUid, variables: Readonly<Record<string, string>>): string {
  const chosen = Object.entries(variables).map(([name, value]) => `&var-${name}=${value}`);
  return `/d/${uid}?\${__url_time_range}${chosen.join('')}`;
}
