/** The Collector's own metrics, as its alerts select them: Jaeger is a Collector too, and has metrics of the same names. */

const JOB = 'job="otel-collector-internal"';

/** Selects the metrics of the Collector. */
export const OF_COLLECTOR = `{${JOB}}`;

/** Labels of one of its pods, for tests. */
export const POD_LABELS = `${JOB},instance="a",pod="otel-collector-0"`;

/** The signals, in OpenTelemetry's words, and what each is counted in. */
export const SIGNALS = [
  { signal: 'traces', items: 'spans' },
  { signal: 'metrics', items: 'metric_points' },
  { signal: 'logs', items: 'log_records' },
] as const;
