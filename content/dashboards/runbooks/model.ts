/** Settings that the runbook pages and their list have in common, in Grafana's JSON form of dashboards. */
export const COMMON = {
  timezone: 'browser',
  editable: false,
  schemaVersion: 42,
  time: { from: 'now-1h', to: 'now' },
} as const;

/** Ids of the panels of a page. A link names that of the graph, so they stay the same. */
export const IDS = { firing: 1, instances: 2, measured: 3, runbook: 4 } as const;

/** A dashboard in Grafana's JSON form. */
export interface Page {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly refresh?: string;
  readonly links: readonly object[];
  readonly panels: readonly object[];
}
