import type { Config } from '../../config/load';
import { INTAKE_LIMITS } from '../../lib/limits';
import type { JaegerEndpoints } from '../jaeger/endpoints';
import type { PrometheusEndpoints } from '../prometheus/endpoints';
import type { CollectorEndpoints } from './endpoints';
import { jaegerExporter, prometheusExporter, prometheusOtlpExporter, QUEUE_STORAGE, queueStorage } from './exporters';
import {
  ATTRIBUTE_LIMITS,
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
  readonly own: CollectorEndpoints;
  readonly jaeger: JaegerEndpoints;
  readonly prometheus: PrometheusEndpoints;
}

/** Addresses of the pod itself. The brackets let the same text hold an IPv4 and an IPv6 address. */
const onPod = (port: number) => `[\${env:POD_IP}]:${port}`;
const onAllAddresses = (port: number) => `0.0.0.0:${port}`;

type MetricsExporter = readonly [name: string, settings: object];

/** The Collector's configuration, as an object in the form of its file. */
export function collectorConfig(config: Config, ends: PipelineEnds) {
  const { queue, spanMetrics, logLevel } = config.collector;
  const enrich: Processor[] = [
    ...(config.janServer === null ? [] : [kubernetesAttributes(config.janServer)]),
    resourceAttributes(config.cluster.name, config.environment),
    INSTANCE_ID,
  ];
  const traces = [MEMORY_LIMITER, ...enrich, ATTRIBUTE_LIMITS];
  const metrics = [MEMORY_LIMITER, ...enrich, ...(ends.own.metrics === null ? [DELTA_TO_CUMULATIVE] : [])];
  const [metricsExporter, metricsSettings] = exporterOfMetrics(config, ends);
  const toJaeger = ends.jaeger.otlp.addressFor(ends.own.party, 'spans');
  return {
    extensions: {
      health_check: { endpoint: onPod(ends.own.health.port) },
      [QUEUE_STORAGE]: queueStorage,
    },
    receivers: { otlp: { protocols: entrances(ends.own) } },
    processors: Object.fromEntries([...traces, ...metrics]),
    connectors: { span_metrics: spanMetricsConnector(spanMetrics) },
    exporters: {
      'otlp_grpc/jaeger': jaegerExporter(toJaeger, queue.size),
      [metricsExporter]: metricsSettings,
      // Logs are accepted and counted, and go nowhere yet: an SDK whose logs are refused reports errors for ever.
      nop: {},
    },
    service: {
      extensions: ['health_check', QUEUE_STORAGE],
      telemetry: telemetry(logLevel, ends.own),
      pipelines: {
        traces: { receivers: ['otlp'], processors: names(traces), exporters: ['otlp_grpc/jaeger', 'span_metrics'] },
        metrics: { receivers: ['otlp'], processors: names(metrics), exporters: [metricsExporter] },
        'metrics/spans': {
          receivers: ['span_metrics'],
          processors: names([MEMORY_LIMITER]),
          exporters: [metricsExporter],
        },
        logs: { receivers: ['otlp'], processors: names([MEMORY_LIMITER]), exporters: ['nop'] },
      },
    },
  };
}

/** OTLP receivers bind every address, since a forwarded port arrives on localhost; NetworkPolicies say who may connect. */
const entrances = ({ otlpGrpc, otlpHttp }: CollectorEndpoints) => ({
  grpc: { endpoint: onAllAddresses(otlpGrpc.port), max_recv_msg_size_mib: INTAKE_LIMITS.requestBytes / 2 ** 20 },
  http: { endpoint: onAllAddresses(otlpHttp.port), max_request_body_size: INTAKE_LIMITS.requestBytes },
});

function exporterOfMetrics({ collector: { queue } }: Config, { own, prometheus }: PipelineEnds): MetricsExporter {
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

const names = (processors: readonly Processor[]) => processors.map(([name]) => name);
