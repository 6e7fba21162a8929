import type { Endpoint } from '../../lib/endpoint';
import { onPod } from '../../lib/otel-settings';
import type { Pod } from '../../lib/pod';
import type { SpanIntake } from '../jaeger';
import { KAFKA_EXPORTER, kafkaExporter } from './kafka';
import { durable } from './queue';

/** An exporter and its name in the configuration. */
export type Exporter = readonly [name: string, settings: object];

/** Spans to Jaeger, or to the Kafka before it. */
export const exporterOfSpans = (pod: Pod, spans: SpanIntake, queueSize: string): Exporter =>
  spans.by === 'kafka'
    ? [KAFKA_EXPORTER, kafkaExporter(pod, spans.kafka, queueSize)]
    : ['otlp_http/jaeger', jaegerExporter(spans.urlFor(pod.party), spans.pods, queueSize)];

/**
 * Over OTLP: Jaeger's own protocol was removed from the Collector. By HTTP, because gRPC waits longer and longer before it connects again,
 * up to two minutes, and nothing in the configuration limits that (gRPC's connection backoff); by HTTP each retry connects.
 *
 * The Service balances connections, not requests. Where it has several pods, each request has a connection of its own: otherwise all
 * requests would stay with the pod that was ready first.
 */
const jaegerExporter = (endpoint: string, pods: number, queueSize: string) => ({
  endpoint,
  ...(pods > 1 && { disable_keep_alives: true }),
  // Inside one cluster, network traffic is cheaper than the CPU time for compression.
  compression: 'none',
  ...durable(queueSize),
});

/**
 * Metrics to Prometheus: scraped, or pushed to its OTLP receiver through the durable queue. Only the OpenMetrics format carries exemplars.
 * @param url of the OTLP receiver; null: it scrapes
 * @param scraped the port that it scrapes; null: metrics are pushed
 */
export function exporterOfMetrics(url: string | null, scraped: Endpoint | null, queueSize: string): Exporter {
  if (url !== null) return ['otlp_http/prometheus', { endpoint: url, ...durable(queueSize) }];
  if (scraped === null) throw new Error('metrics are neither pushed nor scraped');
  const open = { enable_open_metrics: true, without_scope_info: true, metric_expiration: '5m' };
  return ['prometheus', { endpoint: onPod(scraped.port), ...open }];
}
