/** What a catalogue says of a metric, and of the program that emits it. */

/** Prometheus' types (https://prometheus.io/docs/concepts/metric_types/), and OpenMetrics' `info`: a gauge of 1 that carries labels. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'native histogram' | 'summary' | 'info';

/**
 * How many values a label takes. `fixed`: a list that the program knows, as `status`; `bounded`: as many as something is deployed
 * or configured, as `pod` or `model`; `open`: any value that a sender chooses, as a raw path. A panel or rule never groups by an open one.
 */
export type Cardinality = 'fixed' | 'bounded' | 'open';

/** A program, or a part of one, whose metrics are catalogued together. */
export interface Emitter {
  /** As readers know it. */
  readonly title: string;
  /** How it is switched on, in the words of the program that makes its configuration; null: it is always on. */
  readonly switchedOnBy: string | null;
  /** Labels that its series get from their target, besides their own. */
  readonly targetLabels: Readonly<Record<string, Cardinality>>;
  /**
   * Whether its series come from targets of several kinds, so that `job` and `instance` are on each of them and every other target
   * label is on some only. @default false
   */
  readonly hasMixedTargets?: boolean;
  /** What its names begin with and people often leave out, as `otelcol_`. @default - nothing */
  readonly namePrefix?: string;
  /** When its counters are without `_total`, as a condition. @default - never */
  readonly omitsTotal?: string;
}

/** The emitter of what recording rules write. */
export const RECORDING_RULES: Emitter = { title: 'recording rules', switchedOnBy: null, targetLabels: {} };

/** A metric, as one emitter exposes it. */
export interface Metric {
  /** Name in Prometheus: of a counter with `_total`, of a histogram or summary without `_bucket`, `_sum`, `_count`. */
  readonly name: string;
  readonly type: MetricType;
  /** In words: `seconds`, `bytes`, `spans`, `requests`; `ratio` is 0 to 1, `boolean` 0 or 1, `timestamp` Unix seconds. */
  readonly unit: string;
  /** Its own labels; those of its target are the emitter's, `le` and `quantile` follow from the type. */
  readonly labels: Readonly<Record<string, Cardinality>>;
  readonly emitter: Emitter;
  /** First version of the emitter that has it. @default - every version in use has it */
  readonly since?: string;
  /** First version of the emitter that no longer has it. @default - the newest has it */
  readonly until?: string;
  /** Whether the program ever records it: some services define metrics that they never write. */
  readonly recorded: boolean;
  /**
   * Why quantiles of this histogram are wrong: most of its values fall into one bucket. @default - its buckets fit its values
   */
  readonly coarse?: string;
  /** When its series is there. Before that there is no data, which is not zero. */
  readonly emitted: 'always' | { readonly after: string };
}

/** A part of a metric that is a series of its own. */
export type Part = 'value' | 'bucket' | 'sum' | 'count';

/** A series that a name in PromQL selects. */
export interface Series {
  readonly metric: Metric;
  readonly part: Part;
}

const SUFFIXES = { bucket: '_bucket', sum: '_sum', count: '_count' } as const;

/** The names of a metric's series, and which part each is. */
export function seriesOf(metric: Metric): readonly (readonly [name: string, series: Series])[] {
  const part = (name: Exclude<Part, 'value'>) => [metric.name + SUFFIXES[name], { metric, part: name }] as const;
  const value = [metric.name, { metric, part: 'value' }] as const;
  if (metric.type === 'histogram') return [part('bucket'), part('sum'), part('count')];
  if (metric.type === 'summary') return [value, part('sum'), part('count')];
  return [value];
}
