/** The span metrics: names, units and buckets, for the Collector that produces them and for all queries. */

/**
 * The names and units of the metrics that the Collector computes from spans. Jaeger's Monitor tab, the alerts and the dashboards read them,
 * and all of them use these constants: with another name or unit, the Monitor tab stays empty (jaeger#6199, #4676).
 */
export const SPAN_METRICS = {
  /** Namespace in the connector, with dots. */
  namespace: 'traces.span.metrics',
  /** The same in Prometheus' form: Jaeger's `metric_namespace`. */
  prometheusNamespace: 'traces_span_metrics',
  /** Unit of the durations, in the connector and in Jaeger's `latency_unit`. */
  unit: 's',
  /** Attribute of a resource that becomes the label `instance`. */
  instanceAttribute: 'service.instance.id',
  /** Counter of spans, as Prometheus stores it. */
  calls: 'traces_span_metrics_calls_total',
  /** Histogram of durations, as Prometheus stores it. */
  durationBucket: 'traces_span_metrics_duration_seconds_bucket',
} as const;

/** Upper bounds of the duration histogram. An answer of a language model takes up to two minutes. */
export const SPAN_BUCKETS = [
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

/** Samples in a scrape for each series of the connector: its counter, and the buckets, `+Inf`, sum and count of its histogram. */
export const SAMPLES_PER_SERIES = 1 + SPAN_BUCKETS.length + 3;

/** Attribute of client and producer spans with the name of the other side, and the label of it: no server span has it. */
export const PEER = 'peer_service';

/** Attribute of spans that the Collector truncated. As a label of the span metrics, it counts them. */
export const TRUNCATED = 'otelcol.truncated';

/** Attribute of failed requests and calls, which a search for traces uses. */
export const FAILED = 'otelcol.failed';
