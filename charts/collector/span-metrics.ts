import { PEER, SPAN_BUCKETS, SPAN_METRICS, TRUNCATED } from '../../metrics/span-metrics';
import type { CollectorSettings } from './schema';

/**
 * Resource attributes that become labels: `job` is service.namespace and service.name, `instance` is service.instance.id (OpenTelemetry's
 * Prometheus compatibility specification). Exactly these distinguish series; with fewer, two pods of one service shared a series, and 228
 * spans were counted as 28.
 */
export const LABEL_ATTRIBUTES: readonly string[] = [
  'service.namespace',
  'service.name',
  SPAN_METRICS.instanceAttribute,
];

/**
 * Settings of the span_metrics connector. It runs before any sampler, so that it counts every span. The limit applies to each pod: beyond
 * it, spans with a new set of labels count into one overflow series with the label `otel_metric_overflow="true"`, job and instance.
 */
export const spanMetricsConnector = ({ dimensions, cardinalityLimit }: CollectorSettings['spanMetrics']) => ({
  namespace: SPAN_METRICS.namespace,
  histogram: { unit: SPAN_METRICS.unit, explicit: { buckets: SPAN_BUCKETS } },
  dimensions: [...dimensions, PEER, TRUNCATED].map((name) => ({ name })),
  exemplars: { enabled: true, max_per_data_point: 5 },
  metrics_flush_interval: '15s',
  // A series without new spans ends after this time, so that routes of a past release do not stay for ever.
  metrics_expiration: '1h',
  aggregation_cardinality_limit: cardinalityLimit,
  resource_metrics_key_attributes: LABEL_ATTRIBUTES,
});
