/** Queries of drop-downs, in the functions of Grafana's Prometheus datasource (packages/grafana-prometheus, metric_find_query.ts). */

/** What a drop-down with one value shows while no series has the label. Jaeger answers a search for it with an empty list. */
export const NO_VALUE = 'none';

/**
 * Step in which the time range is searched: no longer than Prometheus looks back for a sample, so no series is missed. The steps are
 * multiples of it since 1970, so a series that is newer than the last of them is found at the end of the range alone.
 */
const STEP = '5m';

/** The query of a drop-down, and what is cut out of each of its results. */
export interface VariableQuery {
  readonly query: string;
  /** Its first group is the value. @default - the result itself */
  readonly regex?: string;
}

/** The values of a label, which may be none. They come from the index and cost little. */
export const labelValues = (series: string, label: string): VariableQuery => ({
  query: `label_values(${series}, ${label})`,
});

/**
 * The values of a label in the time range, or `NO_VALUE` while there are none. An empty value would be an error in some queries: Jaeger
 * answers 400 to a search without a service. Grafana writes each result as `{label="value"} 1 1700000000000`.
 * @param series a selector, as `metric` or `metric{a="b"}`
 */
export function oneLabelValue(series: string, label: string): VariableQuery {
  const atEnd = `group by (${label}) (${withLabel(series, label)})`;
  const values = `${atEnd} or max_over_time(${atEnd}[$__range:${STEP}])`;
  return {
    query: `query_result(${values} or label_replace(absent(${values}), "${label}", "${NO_VALUE}", "", ""))`,
    regex: `/${label}="([^"]*)"/`,
  };
}

/** Only the series that have the label. */
const withLabel = (series: string, label: string) =>
  series.endsWith('}') ? `${series.slice(0, -1)},${label}!=""}` : `${series}{${label}!=""}`;
