import type { Config } from '../../config/load';
import type { Topology } from '../../lib/topology';
import type { JaegerEndpoints } from '../jaeger/endpoints';
import type { PrometheusEndpoints } from '../prometheus/endpoints';
import type { CollectorEndpoints } from './endpoints';
import { jaegerExporter, prometheusExporter, prometheusOtlpExporter, QUEUE_STORAGE, queueStorage } from './exporters';
import { GEN_AI_CONNECTOR, genAiPoints, genAiSpans, SERVICE_AS_LABELS } from './gen-ai';
import { genAiConnector } from './gen-ai-metrics';
import { HTTP_CONVENTIONS } from './http-conventions';
import { KAFKA_EXPORTER, kafkaExporter } from './kafka';
import { metricStores } from './metric-stores';
import { OUTCOME } from './outcome';
import { privacy } from './privacy';
import {
  ATTRIBUTE_LIMITS,
  COLLECTOR_ID,
  DELTA_TO_CUMULATIVE,
  INSTANCE_ID,
  kubernetesAttributes,
  MEMORY_LIMITER,
  type Processor,
  resourceAttributes,
} from './processors';
import { entrances, onPod, telemetry } from './service';
import { spanMetricsConnector } from './span-metrics';

/** What the pipelines connect to. */
export interface PipelineEnds {
  readonly topology: Topology;
  readonly own: CollectorEndpoints;
  readonly jaeger: JaegerEndpoints;
  readonly prometheus: PrometheusEndpoints;
}

type Exporter = readonly [name: string, settings: object];

/** The Collector's configuration, as an object in the form of its file. */
export function collectorConfig(config: Config, ends: PipelineEnds) {
  const { spanMetrics, logLevel, replicas, debug } = config.collector;
  const stores = metricStores(config, ends);
  const pushes = ends.own.metrics === null || stores.exporters.length > 0;
  const kubernetes = config.janServer === null ? [] : [kubernetesAttributes(config.janServer)];
  const enrich: Processor[] = [INSTANCE_ID, ...kubernetes, resourceAttributes(config.cluster.name, config.environment)];
  const withoutPii = privacy(config.collector);
  const traces = [MEMORY_LIMITER, ...enrich, HTTP_CONVENTIONS, OUTCOME, ...withoutPii, ATTRIBUTE_LIMITS];
  const metrics = [MEMORY_LIMITER, ...enrich, ...withoutPii, ...(pushes ? [DELTA_TO_CUMULATIVE] : [])];
  const byCollector = pushes && replicas > 1 ? [COLLECTOR_ID] : [];
  // The connector keeps what it first heard of a pod: before Kubernetes knew it, that was its address alone.
  const spans = [MEMORY_LIMITER, ...kubernetes, ...byCollector];
  const llmCalls = [MEMORY_LIMITER, ...genAiSpans(INSTANCE_ID)];
  const llmPoints = [...genAiPoints(spanMetrics.cardinalityLimit), ...byCollector];
  const logs = [MEMORY_LIMITER, ...withoutPii];
  const debugs: Exporter[] = debug ? [['debug', { verbosity: 'detailed' }]] : [];
  const tracesTo = [exporterOfSpans(config, ends), ...debugs];
  const toPrometheus = exporterOfMetrics(config, ends);
  const metricsTo = [toPrometheus, ...stores.exporters];
  const llmMetrics =
    ends.own.metrics === null
      ? { 'metrics/gen_ai': llmPipeline(llmPoints, metricsTo) }
      : {
          'metrics/gen_ai': llmPipeline([...llmPoints, SERVICE_AS_LABELS], [toPrometheus]),
          // Stores take the service from the resource.
          ...(stores.exporters.length > 0 && { 'metrics/gen_ai_stores': llmPipeline(llmPoints, stores.exporters) }),
        };
  return {
    extensions: {
      health_check: { endpoint: onPod(ends.own.health.port) },
      [QUEUE_STORAGE]: queueStorage,
      ...Object.fromEntries(stores.extensions),
    },
    receivers: { otlp: { protocols: entrances(ends.own, replicas) } },
    processors: Object.fromEntries([
      ...traces,
      ...metrics,
      ...spans,
      ...llmCalls,
      ...llmPoints,
      ...(ends.own.metrics === null ? [] : [SERVICE_AS_LABELS]),
    ]),
    connectors: { span_metrics: spanMetricsConnector(spanMetrics), [GEN_AI_CONNECTOR]: genAiConnector },
    exporters: {
      ...Object.fromEntries([...tracesTo, ...metricsTo]),
      // Logs are accepted and counted, and go nowhere yet: an SDK whose logs are refused reports errors for ever.
      nop: {},
    },
    service: {
      extensions: ['health_check', QUEUE_STORAGE, ...names(stores.extensions)],
      telemetry: telemetry(logLevel, ends.own),
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: names(traces),
          exporters: [...names(tracesTo), 'span_metrics'],
        },
        metrics: { receivers: ['otlp'], processors: names(metrics), exporters: names([...metricsTo, ...debugs]) },
        'metrics/spans': { receivers: ['span_metrics'], processors: names(spans), exporters: names(metricsTo) },
        'traces/gen_ai': { receivers: ['otlp'], processors: names(llmCalls), exporters: [GEN_AI_CONNECTOR] },
        ...llmMetrics,
        logs: {
          receivers: ['otlp'],
          processors: names(logs),
          exporters: debug ? names(debugs) : ['nop'],
        },
      },
    },
  };
}

function exporterOfSpans({ collector: { queue }, jaeger: { kafka } }: Config, ends: PipelineEnds): Exporter {
  const { own, jaeger, topology } = ends;
  if (jaeger.otlp === null && kafka !== null) {
    return [KAFKA_EXPORTER, kafkaExporter(topology, own.party, kafka, queue.size)];
  }
  if (jaeger.otlp === null) throw new Error('Jaeger takes spans neither by OTLP nor from Kafka');
  return ['otlp_grpc/jaeger', jaegerExporter(jaeger.addressForSpans(own.party), queue.size)];
}

function exporterOfMetrics({ collector: { queue } }: Config, { own, prometheus }: PipelineEnds): Exporter {
  if (own.metrics !== null) return ['prometheus', prometheusExporter(onPod(own.metrics.port))];
  const url = prometheus.http.urlFor(own.party, 'metrics', '/api/v1/otlp');
  return ['otlp_http/prometheus', prometheusOtlpExporter(url, queue.size)];
}

const llmPipeline = (processors: readonly Processor[], exporters: readonly Exporter[]) => ({
  receivers: [GEN_AI_CONNECTOR],
  processors: names(processors),
  exporters: names(exporters),
});

const names = (entries: readonly Exporter[]) => entries.map(([name]) => name);
