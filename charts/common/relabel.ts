/** Steps of `relabel_configs`, in Prometheus' words. */

/** One step. */
export type Relabel = Readonly<Record<string, string | readonly string[]>>;

/** Keeps targets or samples whose label values, joined by `;`, match. */
export const keep = (labels: readonly string[], regex: string): Relabel => ({
  source_labels: labels,
  regex,
  action: 'keep',
});

/** Drops targets or samples whose label values, joined by `;`, match. */
export const drop = (labels: readonly string[], regex: string): Relabel => ({
  source_labels: labels,
  regex,
  action: 'drop',
});

/** Copies the value of a label to another label. */
export const copy = (from: string, to: string): Relabel => ({ source_labels: [from], target_label: to });

/** Sets a label if the values of other labels, joined by `;`, match. An empty value removes the label. */
export const replace = (labels: readonly string[], regex: string, target: string, replacement: string): Relabel => ({
  source_labels: labels,
  regex,
  target_label: target,
  replacement,
});

/** Leaves out terminated pods, which stay in their EndpointSlice for a while. */
export const RUNNING = drop(['__meta_kubernetes_pod_phase'], '(Failed|Succeeded)');

/** The pod that is scraped, and its namespace, as labels. */
export const POD_LABELS = [
  copy('__meta_kubernetes_namespace', 'namespace'),
  copy('__meta_kubernetes_pod_name', 'pod'),
] as const;
