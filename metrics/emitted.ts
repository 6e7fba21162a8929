/** The metrics that a program really emits, as stored by Prometheus. */

/** A metric with the labels of all its series; `unknown`: the program does not expose its type. */
export interface EmittedMetric {
  readonly type: string;
  readonly labels: ReadonlySet<string>;
}

/** Metrics by their name in the catalogue: a counter's with `_total`, a histogram's without `_bucket`. */
export type Emitted = ReadonlyMap<string, EmittedMetric>;

/** Name and type, as returned by `/api/v1/targets/metadata`. */
export interface Metadata {
  readonly metric: string;
  readonly type: string;
}

/** Labels of a series, with `__name__`, as returned by `/api/v1/series`. */
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

/** Combines series and metadata to metrics. */
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
