import type { Config } from '../../config/load';
import { INTAKE_LIMITS } from '../../lib/limits';
import type { Topology } from '../../lib/topology';
import type { JaegerEndpoints } from '../jaeger/endpoints';
import type { PrometheusEndpoints } from '../prometheus/endpoints';
import type { CollectorEndpoints } from './endpoints';
import { jaegerExporter, prometheusExporter, prometheusOtlpExporter, QUEUE_STORAGE, queueStorage } from './exporters';
import { KAFKA_EXPORTER, kafkaExporter } from './kafka';
import { metricStores } from './metric-stores';
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
import { spanMetricsConnector } from './span-metrics';

/** What the pipelines connect to. */
export interface PipelineEnds {
  readonly topology: Topology;
  readonly own: CollectorEndpoints;
  readonly jaeger: JaegerEndpoints;
  readonly prometheus: PrometheusEndpoints;
}

/** Addresses of the pod itself. The brackets let the same text hold an IPv4 and an IPv6 address. */
const onPod = (port: number) => `[\${env:POD_IP}]:${port}`;
const onAllAddresses = (port: number) => `0.0.0.0:${port}`;

type Exporter = readonly [name: string, settings: object];

/** The Collector's configuration, as an object in the form of its file. */
export function collectorConfig(config: Config, ends: PipelineEnds) {
  const { spanMetrics, logLevel, replicas, debug } = config.collector;
  const stores = metricStores(config, ends);
  const pushes = ends.own.metrics === null || stores.exporters.length > 0;
  const kubernetes = config.janServer === null ? [] : [kubernetesAttributes(config.janServer)];
  const enrich: Processor[] = [INSTANCE_ID, ...kubernetes, resourceAttributes(config.cluster.name, config.environment)];
  const traces = [MEMORY_LIMITER, ...enrich, ATTRIBUTE_LIMITS];
  const metrics = [MEMORY_LIMITER, ...enrich, ...(pushes ? [DELTA_TO_CUMULATIVE] : [])];
  // The connector keeps what it first heard of a pod: before Kubernetes knew it, that was its address alone.
  const spans = [MEMORY_LIMITER, ...kubernetes, ...(pushes && replicas > 1 ? [COLLECTOR_ID] : [])];
  const debugs: Exporter[] = debug ? [['debug', { verbosity: 'detailed' }]] : [];
  const tracesTo = [exporterOfSpans(config, ends), ...debugs];
  const metricsTo = [exporterOfMetrics(config, ends), ...stores.exporters];
  return {
    extensions: {
      health_check: { endpoint: onPod(ends.own.health.port) },
      [QUEUE_STORAGE]: queueStorage,
      ...Object.fromEntries(stores.extensions),
    },
    receivers: { otlp: { protocols: entrances(ends.own, replicas) } },
    processors: Object.fromEntries([...traces, ...metrics, ...spans]),
    connectors: { span_metrics: spanMetricsConnector(spanMetrics) },
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
        logs: {
          receivers: ['otlp'],
          processors: names([MEMORY_LIMITER]),
          exporters: debug ? names(debugs) : ['nop'],
        },
      },
    },
  };
}

/**
 * OTLP receivers bind every address, since a forwarded port arrives on localhost; NetworkPolicies say who may connect. Where
 * there are several pods, connections end after a while, so that senders find the ones that came later.
 */
const entrances = ({ otlpGrpc, otlpHttp }: CollectorEndpoints, replicas: number) => ({
  grpc: {
    endpoint: onAllAddresses(otlpGrpc.port),
    max_recv_msg_size_mib: INTAKE_LIMITS.requestBytes / 2 ** 20,
    ...(replicas > 1 && { keepalive: RECONNECT }),
  },
  http: { endpoint: onAllAddresses(otlpHttp.port), max_request_body_size: INTAKE_LIMITS.requestBytes },
});

/** How long a gRPC connection lives where there are several pods behind a name (gRPC's own keepalive settings). */
export const RECONNECT = { server_parameters: { max_connection_age: '5m', max_connection_age_grace: '30s' } } as const;

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

/** Suffixes are said outright: their defaults changed between versions (opentelemetry-collector#13867). */
const telemetry = (level: string, { selfMetrics }: CollectorEndpoints) => ({
  logs: { level, encoding: 'json' },
  metrics: {
    level: 'normal',
    readers: [
      {
        pull: {
          exporter: {
            prometheus: {
              host: '${env:POD_IP}',
              port: selfMetrics.port,
              without_scope_info: true,
              without_type_suffix: false,
              without_units: false,
            },
          },
        },
      },
    ],
  },
});

const names = (entries: readonly Exporter[]) => entries.map(([name]) => name);
