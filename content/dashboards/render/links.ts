import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type DashboardLink, DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardUid } from '../../../lib/dashboard-uids';
import type { Link } from '../spec';

/** A dashboard as a link to it needs it. */
export interface Target {
  readonly title: string;
  /** Names of its variables. */
  readonly variables: readonly string[];
}

/** The dashboards that are rendered: a link to another one is left out. */
export type Targets = ReadonlyMap<DashboardUid, Target>;

/** Where the links of one dashboard can lead, and what they take along. */
export interface Links {
  readonly targets: Targets;
  /** Names of the dashboard's own variables: a link keeps the values of those that its target has too. */
  readonly own: readonly string[];
}

/** Tag of every dashboard of ours. */
export const TAG = 'cdk8s-observability';

/** The data links of a line or value. */
export const dataLinks = (links: readonly Link[], { targets, own }: Links): Builder<DashboardLink>[] =>
  links.flatMap((link) => {
    if ('url' in link) return [ofValue(link.title, link.url)];
    const target = targets.get(link.dashboard);
    if (target === undefined) return [];
    const { variables = {} } = link;
    const kept = own.filter((name) => target.variables.includes(name) && !(name in variables));
    return [ofValue(link.title, urlOf(link.dashboard, variables, kept))];
  });

/** Only links of a dashboard have a place. The SDK gives one to all. */
const ofValue = (title: string, url: string): Builder<DashboardLink> => ({
  build: () => {
    const { placement: _, ...link } = leading(title, url).build();
    return link;
  },
});

/** The links at the top of a dashboard: related dashboards, and a list of all. */
export const dashboardLinks = (related: readonly DashboardUid[], targets: Targets): DashboardLinkBuilder[] => [
  ...related.flatMap((uid) => {
    const target = targets.get(uid);
    return target === undefined
      ? []
      : [leading(target.title, `/d/${uid}`).keepTime(true).includeVars(true).icon('dashboard')];
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
 * @param kept names of variables that both dashboards have: all their values are taken along
 */
export function urlOf(
  uid: DashboardUid,
  variables: Readonly<Record<string, string>>,
  kept: readonly string[] = [],
): string {
  const chosen = Object.entries(variables).map(([name, value]) => `&var-${name}=${value}`);
  const along = kept.map((name) => `&\${${name}:queryparam}`);
  return `/d/${uid}?\${__url_time_range}${[...chosen, ...along].join('')}`;
}
