import type { Endpoint } from '../../lib/endpoint';
import { onPod } from '../../lib/otel-settings';
import type { Pod } from '../../lib/pod';
import type { StackContext } from '../common/context';
import type { SpanIntake } from '../jaeger';
import { ATTRIBUTE_LIMITS } from './attribute-limits';
import { type Exporter, exporterOfMetrics, exporterOfSpans } from './exporters';
import { GEN_AI_CONNECTOR, GEN_AI_CONVENTIONS, genAiPoints, SERVICE_AS_LABELS } from './gen-ai';
import { genAiConnector } from './gen-ai-metrics';
import { HTTP_CONVENTIONS } from './http-conventions';
import { INSTANCE_ID } from './instance-id';
import { kubernetesAttributes } from './kubernetes-attributes';
import { metricStores } from './metric-stores';
import { OUTCOME } from './outcome';
import { peers } from './peers';
import { privacy } from './privacy';
import { COLLECTOR_ID, DELTA_TO_CUMULATIVE, MEMORY_LIMITER, type Processor, resourceAttributes } from './processors';
import { QUEUE_STORAGE, queueStorage } from './queue';
import type { CollectorSettings } from './schema';
import { otlpProtocols, telemetry } from './service';
import { spanMetricsConnector } from './span-metrics';

/** The Collector's ports and destinations. */
export interface CollectorPorts {
  readonly otlpGrpc: Endpoint;
  readonly otlpHttp: Endpoint;
  /** The services' metrics for Prometheus to scrape; null where they are pushed by OTLP. */
  readonly metrics: Endpoint | null;
  readonly selfMetrics: Endpoint;
  readonly health: Endpoint;
}

/** The exporters of the pipelines. */
export interface Destinations {
  readonly spans: SpanIntake;
  /** URL of Prometheus' OTLP receiver; null where Prometheus scrapes. */
  readonly metricsUrl: string | null;
}

/** The Collector's configuration, as an object in the form of its file. */
export function collectorConfig(
  context: StackContext,
  settings: CollectorSettings,
  pod: Pod,
  ports: CollectorPorts,
  to: Destinations,
) {
  const { spanMetrics, logLevel, replicas, debug } = settings;
  // The namespace of the only application, because the Role of k8s_attributes is there.
  const kubernetes = context.applications.slice(0, 1).map(({ namespace }) => {
    pod.useApiServer(context.apiServer);
    return kubernetesAttributes(namespace);
  });
  const stores = metricStores(pod, settings);
  const pushes = ports.metrics === null || stores.exporters.length > 0;
  const enrich: Processor[] = [
    INSTANCE_ID,
    ...kubernetes,
    resourceAttributes(context.cluster.name, context.environment),
  ];
  const withoutPii = privacy(pod, settings);
  const traces = [
    MEMORY_LIMITER,
    ...enrich,
    HTTP_CONVENTIONS,
    OUTCOME,
    GEN_AI_CONVENTIONS,
    ...withoutPii,
    peers(context.cluster.domain),
    ATTRIBUTE_LIMITS,
  ];
  const metrics = [MEMORY_LIMITER, ...enrich, ...withoutPii, ...(pushes ? [DELTA_TO_CUMULATIVE] : [])];
  const byCollector = pushes && replicas > 1 ? [COLLECTOR_ID] : [];
  // The connector uses the first resource that it sees of a pod. Before k8s_attributes knew the pod, that resource was only its address.
  const spans = [MEMORY_LIMITER, ...kubernetes, ...byCollector];
  const llmPoints = [...genAiPoints(spanMetrics.cardinalityLimit), ...byCollector];
  const logs = [MEMORY_LIMITER, ...withoutPii];
  const debugs: Exporter[] = debug ? [['debug', { verbosity: 'detailed' }]] : [];
  const tracesTo = [exporterOfSpans(pod, to.spans, settings.queue.size), ...debugs];
  const toPrometheus = exporterOfMetrics(to.metricsUrl, ports.metrics, settings.queue.size);
  const metricsTo = [toPrometheus, ...stores.exporters];
  const llmMetrics =
    ports.metrics === null
      ? { 'metrics/gen_ai': llmPipeline(llmPoints, metricsTo) }
      : {
          'metrics/gen_ai': llmPipeline([...llmPoints, SERVICE_AS_LABELS], [toPrometheus]),
          // Stores read the service name from the resource.
          ...(stores.exporters.length > 0 && { 'metrics/gen_ai_stores': llmPipeline(llmPoints, stores.exporters) }),
        };
  return {
    extensions: {
      health_check: { endpoint: onPod(ports.health.port) },
      [QUEUE_STORAGE]: queueStorage(settings.queue),
      ...Object.fromEntries(stores.extensions),
    },
    receivers: { otlp: { protocols: otlpProtocols(ports.otlpGrpc, ports.otlpHttp, replicas) } },
    processors: Object.fromEntries([
      ...traces,
      ...metrics,
      ...spans,
      ...llmPoints,
      ...(ports.metrics === null ? [] : [SERVICE_AS_LABELS]),
    ]),
    connectors: { span_metrics: spanMetricsConnector(spanMetrics), [GEN_AI_CONNECTOR]: genAiConnector },
    exporters: {
      ...Object.fromEntries([...tracesTo, ...metricsTo]),
      // Logs are accepted and counted, but not stored: an SDK whose logs are refused would report errors continuously.
      nop: {},
    },
    service: {
      extensions: ['health_check', QUEUE_STORAGE, ...names(stores.extensions)],
      telemetry: telemetry(logLevel, ports.selfMetrics),
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: names(traces),
          exporters: [...names(tracesTo), 'span_metrics', GEN_AI_CONNECTOR],
        },
        metrics: { receivers: ['otlp'], processors: names(metrics), exporters: names([...metricsTo, ...debugs]) },
        'metrics/spans': { receivers: ['span_metrics'], processors: names(spans), exporters: names(metricsTo) },
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

const llmPipeline = (processors: readonly Processor[], exporters: readonly Exporter[]) => ({
  receivers: [GEN_AI_CONNECTOR],
  processors: names(processors),
  exporters: names(exporters),
});

const names = (entries: readonly Exporter[]) => entries.map(([name]) => name);
