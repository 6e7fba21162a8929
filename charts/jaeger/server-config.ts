import type { Config } from '../../config/load';
import { goDuration } from '../../config/units';
import { INTAKE_LIMITS } from '../../lib/limits';
import { SPAN_METRICS } from '../collector/span-metrics';
import type { PrometheusEndpoints } from '../prometheus/endpoints';
import type { JaegerEndpoints } from './endpoints';

/** Where the claim is mounted. */
export const DATA_PATH = '/badger';
/** Where the sampling strategies are mounted. */
export const SAMPLING_PATH = '/etc/jaeger/sampling';

const STORAGE = 'main';
const METRICS = 'prometheus';

/** What Jaeger's configuration connects to. */
export interface JaegerEnds {
  readonly own: JaegerEndpoints;
  readonly prometheus: PrometheusEndpoints;
}

const onAllAddresses = (port: number) => `0.0.0.0:${port}`;
const onPod = (port: number) => `[\${env:POD_IP}]:${port}`;

/**
 * Jaeger v2's configuration, as an object in the form of its file: an OpenTelemetry Collector's, with Jaeger's storage and
 * query service as extensions. Keys are those of the 2.20.0 sources (cmd/jaeger/internal/extension, internal/storage).
 *
 * There is no `batch` processor before the storage: a span is acknowledged after it was written.
 */
export function jaegerConfig(config: Config, ends: JaegerEnds) {
  const { own } = ends;
  const sampling = own.sampling;
  const extensions = [
    'jaeger_storage',
    'jaeger_query',
    'healthcheckv2',
    ...(sampling === null ? [] : ['remote_sampling']),
  ];
  return {
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: onPod(own.health.port) } },
      jaeger_storage: {
        backends: { [STORAGE]: { badger: badger(config) } },
        ...(config.jaeger.monitor && { metric_backends: { [METRICS]: { prometheus: metricBackend(ends) } } }),
      },
      jaeger_query: {
        storage: { traces: STORAGE, ...(config.jaeger.monitor && { metrics: METRICS }) },
        http: { endpoint: onAllAddresses(own.query.port) },
      },
      ...(sampling !== null && {
        remote_sampling: {
          file: { path: `${SAMPLING_PATH}/strategies.json` },
          http: { endpoint: onAllAddresses(sampling.http.port) },
          grpc: { endpoint: onAllAddresses(sampling.grpc.port) },
        },
      }),
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: {
            endpoint: onAllAddresses(own.otlp.port),
            max_recv_msg_size_mib: INTAKE_LIMITS.jaegerMessageBytes / 2 ** 20,
          },
        },
      },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: STORAGE } },
    service: {
      extensions,
      telemetry: {
        logs: { level: 'info', encoding: 'json' },
        metrics: {
          level: 'detailed',
          readers: [{ pull: { exporter: { prometheus: { host: '${env:POD_IP}', port: own.selfMetrics.port } } } }],
        },
      },
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
    },
  };
}

/** Badger on the claim. By default it is ephemeral: it forgets everything with the pod (internal/storage/v1/badger/config.go). */
const badger = ({ jaeger }: Config) => ({
  directories: { keys: `${DATA_PATH}/keys`, values: `${DATA_PATH}/values` },
  ephemeral: false,
  consistency: jaeger.syncWrites,
  ttl: { spans: goDuration(jaeger.ttl) },
});

/** Where the Monitor tab finds its numbers: the names and the unit are those that the Collector writes. */
const metricBackend = ({ own, prometheus }: JaegerEnds) => ({
  endpoint: prometheus.http.urlFor(own.party, 'Monitor tab'),
  metric_namespace: SPAN_METRICS.prometheusNamespace,
  latency_unit: SPAN_METRICS.unit,
  normalize_calls: true,
  normalize_duration: true,
});
