/** Addresses of Explore, Grafana's page for one query. */

/** What a pane of Explore shows. */
export interface Pane {
  /** What is asked. */
  readonly datasource: { readonly type: string; readonly uid: string };
  /** The query in the datasource's own form, without its datasource. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly range: { readonly from: string; readonly to: string };
}

/**
 * The address of Explore with one pane (https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools).
 * It begins with a slash: Grafana puts the path of its `root_url` in front of it.
 * @param name a name of the pane, without blanks
 */
export function exploreUrl(name: string, { datasource, query, range }: Pane): string {
  const pane = { datasource: datasource.uid, queries: [{ refId: 'A', datasource, ...query }], range };
  return `/explore?schemaVersion=1&panes=${encoded(JSON.stringify({ [name]: pane }))}`;
}

/** Grafana's own variables are filled in before a browser sees the address, so they stay as they are. */
const encoded = (text: string) =>
  text
    .split(/(\$\{[^}]+\})/)
    .map((part) => (part.startsWith('${') ? part : encodeURIComponent(part)))
    .join('');
