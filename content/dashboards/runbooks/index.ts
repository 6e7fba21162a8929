/** The runbooks in Grafana: a page for each alert, and a list of all. */
import { createHash } from 'node:crypto';
import type { ConfiguredAlert } from '../../alerts/configured';
import { runbookUid } from '../../runbooks/url';
import { type ListContext, runbookList } from './list';
import type { Page } from './model';
import { type PageContext, runbookPage } from './page';

/** Files of runbook pages: in each bundle, uid to JSON. */
export type RunbookBundles = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * All pages would exceed the size limit of an object, and one object each would be many. With the most alerts and the longest names each of
 * these has about half of the limit.
 */
const BUNDLES = 6;

/** The page of each alert that is on. An alert stays in its bundle when others come and go, because only its name decides. */
export function runbookPages(alerts: readonly ConfiguredAlert[], context: Omit<PageContext, 'pages'>): RunbookBundles {
  const bundles = new Map(Array.from({ length: BUNDLES }, (_, index) => [`${index + 1}`, new Map<string, string>()]));
  const on = alerts.filter(({ off }) => off === null);
  const names = new Set(on.map(({ definition }) => definition.name));
  for (const alert of on) {
    const { name } = alert.definition;
    bundles.get(bundleOf(name))?.set(runbookUid(name), pageJson(runbookPage(alert, { ...context, pages: names })));
  }
  return new Map([...bundles].filter(([, pages]) => pages.size > 0));
}

const bundleOf = (alert: string) => `${1 + (createHash('sha256').update(alert).digest().readUInt32BE(0) % BUNDLES)}`;

/** A line for each panel: small, and readable in a diff. */
function pageJson({ panels, ...rest }: Page): string {
  const lines = panels.map((panel) => JSON.stringify(panel)).join(',\n');
  return `${JSON.stringify(rest).slice(0, -1)},"panels":[\n${lines}\n]}\n`;
}

/** The list of all runbooks, as the JSON of the dashboard with the uid `runbooks`. */
export const runbooksJson = (alerts: readonly ConfiguredAlert[], context: ListContext): string =>
  pageJson(runbookList(alerts, context));
