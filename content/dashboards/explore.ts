/** URLs of Explore, Grafana's page for a query. */

/** The content of a pane of Explore. */
export interface Pane {
  /** The datasource that is queried. */
  readonly datasource: { readonly type: string; readonly uid: string };
  /** The query in the form of its datasource, without the datasource itself. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly range: { readonly from: string; readonly to: string };
}

/**
 * The URL of Explore with one pane
 * (https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools). It begins with a
 * slash: Grafana puts the path of its `root_url` in front of it.
 * @param name a name of the pane, without spaces
 */
export function exploreUrl(name: string, { datasource, query, range }: Pane): string {
  const pane = { datasource: datasource.uid, queries: [{ refId: 'A', datasource, ...query }], range };
  return `/explore?schemaVersion=1&panes=${encoded(JSON.stringify({ [name]: pane }))}`;
}

/** Grafana's variables are expanded before a browser sees the URL, so they are not encoded. */
const encoded = (text: string) =>
  text
    .split(/(\$\{[^}]+\})/)
    .map((part) => (part.startsWith('${') ? part : encodeURIComponent(part)))
    .join('');
