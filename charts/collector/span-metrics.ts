import type { CollectorConfig } from '../../config/schema';

/**
 * The names and units of the metrics that the Collector computes from spans. Jaeger's Monitor tab, the alerts and the
 * dashboards read them, and all take them from here: with a name or a unit of its own, Monitor stays empty (jaeger#6199, #4676).
 */
export const SPAN_METRICS = {
  /** Namespace in the connector, with dots. */
  namespace: 'traces.span.metrics',
  /** The same in Prometheus' form: Jaeger's `metric_namespace`. */
  prometheusNamespace: 'traces_span_metrics',
  /** Unit of the durations, in the connector and in Jaeger's `latency_unit`. */
  unit: 's',
  /** Counter of spans, as Prometheus stores it. */
  calls: 'traces_span_metrics_calls_total',
  /** Histogram of durations, as Prometheus stores it. */
  durationBucket: 'traces_span_metrics_duration_seconds_bucket',
} as const;

/** Attribute that marks what was cut, and, as a label of the span metrics, counts it. */
export const TRUNCATED = 'otelcol.truncated';

/** Upper bounds of the duration histogram. An answer of a language model takes up to two minutes. */
const BUCKETS = [
  '5ms',
  '10ms',
  '25ms',
  '50ms',
  '100ms',
  '250ms',
  '500ms',
  '1s',
  '2.5s',
  '5s',
  '10s',
  '30s',
  '60s',
  '120s',
];

/**
 * Resource attributes that become labels: `job` is service.namespace and service.name, `instance` is service.instance.id
 * (OpenTelemetry's Prometheus compatibility specification). Series are kept apart by exactly these; by fewer, two pods of one
 * service were added into one series and 228 spans counted as 28.
 */
export const LABEL_ATTRIBUTES: readonly string[] = ['service.namespace', 'service.name', 'service.instance.id'];

/**
 * Settings of the span_metrics connector. It stands before any sampler, so that it counts every span. The limit is one of each
 * pod: spans of a new kind beyond it are counted by one series more, that has the label `otel_metric_overflow="true"` and of the
 * others only job and instance.
 */
export const spanMetricsConnector = ({ dimensions, cardinalityLimit }: CollectorConfig['spanMetrics']) => ({
  namespace: SPAN_METRICS.namespace,
  histogram: { unit: SPAN_METRICS.unit, explicit: { buckets: BUCKETS } },
  dimensions: [...dimensions, TRUNCATED].map((name) => ({ name })),
  exemplars: { enabled: true, max_per_data_point: 5 },
  metrics_flush_interval: '15s',
  // A series that has not been counted for this long ends, so that routes of a past release do not stay for ever.
  metrics_expiration: '1h',
  aggregation_cardinality_limit: cardinalityLimit,
  resource_metrics_key_attributes: LABEL_ATTRIBUTES,
});
