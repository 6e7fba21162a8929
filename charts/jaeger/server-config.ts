import type { Config } from '../../config/load';
import type { KafkaConfig } from '../../config/schema';
import { PORTS } from '../../lib/endpoint';
import { INTAKE_LIMITS } from '../../lib/limits';
import { ownMetrics } from '../../lib/own-metrics';
import type { Topology } from '../../lib/topology';
import { SPAN_METRICS } from '../../metrics/span-metrics';
import { kafkaClient } from '../collector/kafka';
import { onPod, RECONNECT } from '../collector/service';
import type { PrometheusEndpoints } from '../prometheus/endpoints';
import type { JaegerEndpoints, JaegerRole } from './endpoints';
import { storeConfig } from './store';

/** Where the sampling strategies are mounted. */
export const SAMPLING_PATH = '/etc/jaeger/sampling';

const STORAGE = 'main';
const METRICS = 'prometheus';

/** What Jaeger's configuration connects to. */
export interface JaegerEnds {
  readonly topology: Topology;
  readonly own: JaegerEndpoints;
  readonly prometheus: PrometheusEndpoints;
}

const onAllAddresses = (port: number) => `0.0.0.0:${port}`;

/**
 * The configuration of one of Jaeger v2's roles, as an object in the form of its file: an OpenTelemetry Collector's, with
 * Jaeger's storage and query service as extensions. Keys are those of the 2.20.0 sources (cmd/jaeger/internal/extension,
 * internal/storage).
 *
 * There is no `batch` processor before the storage: a span is acknowledged after it was written.
 */
export function jaegerConfig(config: Config, ends: JaegerEnds, role: JaegerRole) {
  const { own } = ends;
  const writes = role === own.writer;
  const reads = role === own.reader;
  const sampling = writes ? own.sampling : null;
  const monitor = reads && config.jaeger.monitor;
  const flow = writes ? spansToStore(config, ends) : NO_SPANS;
  return {
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: onPod(role.health.port) } },
      jaeger_storage: {
        backends: { [STORAGE]: storeConfig(config.jaeger) },
        ...(monitor && { metric_backends: { [METRICS]: { prometheus: metricBackend(ends) } } }),
      },
      ...(reads && {
        jaeger_query: {
          storage: { traces: STORAGE, ...(monitor && { metrics: METRICS }) },
          http: { endpoint: onAllAddresses(own.query.port) },
        },
      }),
      ...(sampling !== null && {
        remote_sampling: {
          file: { path: `${SAMPLING_PATH}/strategies.json` },
          http: { endpoint: onAllAddresses(sampling.http.port) },
          grpc: { endpoint: onAllAddresses(sampling.grpc.port) },
        },
      }),
    },
    ...flow,
    service: {
      extensions: [
        'jaeger_storage',
        ...(reads ? ['jaeger_query'] : []),
        'healthcheckv2',
        ...(sampling === null ? [] : ['remote_sampling']),
      ],
      telemetry: {
        logs: { level: 'info', encoding: 'json' },
        metrics: {
          level: 'detailed',
          readers: [ownMetrics(role.selfMetrics.port)],
        },
      },
      pipelines: { traces: { receivers: Object.keys(flow.receivers), exporters: Object.keys(flow.exporters) } },
    },
  };
}

/** The components of the pipeline of spans, which holds all of them. */
interface Flow {
  readonly receivers: Readonly<Record<string, object>>;
  readonly exporters: Readonly<Record<string, object>>;
}

/**
 * A role that only reads. Jaeger is a Collector, and no Collector starts without a pipeline, so this one moves nothing
 * (Jaeger 2.20.0, cmd/jaeger/config-query.yaml).
 */
const NO_SPANS: Flow = { receivers: { nop: {} }, exporters: { nop: {} } };

/** How spans are received and written to the store. */
function spansToStore(config: Config, ends: JaegerEnds): Flow {
  const { jaeger } = config;
  const exporter = { trace_storage: STORAGE };
  if (jaeger.kafka !== null) {
    return {
      receivers: { kafka: kafkaReceiver(ends, jaeger.kafka) },
      exporters: { jaeger_storage_exporter: { ...exporter, ...UNTIL_WRITTEN } },
    };
  }
  const grpc = {
    endpoint: onAllAddresses(PORTS.otlpGrpc.port),
    max_recv_msg_size_mib: INTAKE_LIMITS.jaegerMessageBytes / 2 ** 20,
    ...(jaeger.replicas > 1 && { keepalive: RECONNECT }),
  };
  return { receivers: { otlp: { protocols: { grpc } } }, exporters: { jaeger_storage_exporter: exporter } };
}

/** A message is marked as read after its spans were written; one that fails is read again. */
const kafkaReceiver = ({ topology, own }: JaegerEnds, kafka: KafkaConfig) => ({
  ...kafkaClient(topology, own.writer.party, kafka),
  traces: { topics: [kafka.topic], encoding: 'otlp_proto' },
  group_id: kafka.group,
  initial_offset: 'earliest',
  message_marking: { after: true, on_error: false },
});

/**
 * The write is tried until it succeeds. The exporter has no queue unless one is configured, so the receiver waits for the write
 * (Jaeger 2.20.0, cmd/jaeger/internal/exporters/storageexporter: `QueueConfig` is an empty Optional).
 */
const UNTIL_WRITTEN = {
  retry_on_failure: { enabled: true, initial_interval: '1s', max_interval: '30s', max_elapsed_time: '0s' },
} as const;

/** Where the Monitor tab finds its numbers: the names and the unit are those that the Collector writes. */
const metricBackend = ({ own, prometheus }: JaegerEnds) => ({
  endpoint: prometheus.http.urlFor(own.reader.party, 'Monitor tab'),
  metric_namespace: SPAN_METRICS.prometheusNamespace,
  latency_unit: SPAN_METRICS.unit,
  normalize_calls: true,
  normalize_duration: true,
});
