/** What a program really emits, as Prometheus has stored it. */

/** A metric with the labels of all its series; `unknown`: the program does not say its type. */
export interface EmittedMetric {
  readonly type: string;
  readonly labels: ReadonlySet<string>;
}

/** Metrics by the name that the catalogue gives them: of a counter with `_total`, of a histogram without `_bucket`. */
export type Emitted = ReadonlyMap<string, EmittedMetric>;

/** Name and type, as `/api/v1/targets/metadata` gives them. */
export interface Metadata {
  readonly metric: string;
  readonly type: string;
}

/** Labels of a series, with `__name__`, as `/api/v1/series` gives them. */
export type SeriesLabels = Readonly<Record<string, string>>;

/** The suffixes that a series adds to the name in its TYPE line. For `counter` and `info`, OpenMetrics only. */
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total'],
  info: ['_info'],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['_sum', '_count'],
};

/** The metric of each name of a series that metadata describes. An exact name wins over a suffix. */
function metricsBySeries(metadata: readonly Metadata[]): ReadonlyMap<string, { name: string; type: string }> {
  const parts = metadata.flatMap(({ metric, type }) =>
    (SUFFIXES[type] ?? []).map((suffix) => {
      const isPart = type === 'histogram' || type === 'summary';
      return [metric + suffix, { name: isPart ? metric : metric + suffix, type }] as const;
    }),
  );
  return new Map([...parts, ...metadata.map(({ metric, type }) => [metric, { name: metric, type }] as const)]);
}

/** Metrics from series and what is known of their types. */
export function emittedOf(series: readonly SeriesLabels[], metadata: readonly Metadata[]): Emitted {
  const metrics = metricsBySeries(metadata);
  const found = new Map<string, { type: string; labels: Set<string> }>();
  for (const { __name__: written = '', ...labels } of series) {
    const { name, type } = metrics.get(written) ?? { name: written, type: 'unknown' };
    const metric = found.get(name) ?? { type, labels: new Set<string>() };
    for (const label of Object.keys(labels)) metric.labels.add(label);
    found.set(name, metric);
  }
  return found;
}
