import { PORTS } from '../../lib/endpoint';
import { INTAKE_LIMITS } from '../../lib/limits';
import { onAllAddresses, onPod, ownMetrics } from '../../lib/otel-settings';
import type { Pod } from '../../lib/pod';
import { SPAN_METRICS } from '../../metrics/span-metrics';
import type { StackContext } from '../common/context';
import { kafkaClient } from '../common/kafka';
import type { KafkaSettings } from '../common/kafka-schema';
import { prometheus } from '../prometheus';
import type { JaegerRole } from './roles';
import type { JaegerSettings } from './schema';
import { storeConfig } from './store';

/** Where the sampling strategies are mounted. */
export const SAMPLING_PATH = '/etc/jaeger/sampling';

const STORAGE = 'main';
const METRICS = 'prometheus';

/**
 * The configuration of one of Jaeger v2's roles, as an object in the form of its file: an OpenTelemetry Collector's, with
 * Jaeger's storage and query service as extensions. Keys are those of the 2.20.0 sources (cmd/jaeger/internal/extension,
 * internal/storage).
 *
 * There is no `batch` processor before the storage: a span is acknowledged after it was written.
 */
export function jaegerConfig(context: StackContext, settings: JaegerSettings, pod: Pod, role: JaegerRole) {
  const { writes, query } = role;
  const sampling = writes?.sampling ?? null;
  const metrics = query !== null && settings.monitor ? metricBackend(context, pod) : null;
  const storage = storeConfig(pod, settings);
  const flow = writes === null ? NO_SPANS : spansToStore(pod, settings);
  return {
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: onPod(role.health.port) } },
      jaeger_storage: {
        backends: { [STORAGE]: storage },
        ...(metrics !== null && { metric_backends: { [METRICS]: { prometheus: metrics } } }),
      },
      ...(query !== null && {
        jaeger_query: {
          storage: { traces: STORAGE, ...(metrics !== null && { metrics: METRICS }) },
          http: { endpoint: onAllAddresses(query.port) },
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
        ...(query === null ? [] : ['jaeger_query']),
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

/** The components of the pipeline of spans. */
interface Flow {
  readonly receivers: Readonly<Record<string, object>>;
  readonly exporters: Readonly<Record<string, object>>;
}

/**
 * A role that only reads. Jaeger is a Collector, which does not start without a pipeline, so this pipeline is empty (Jaeger 2.20.0,
 * cmd/jaeger/config-query.yaml).
 */
const NO_SPANS: Flow = { receivers: { nop: {} }, exporters: { nop: {} } };

/** How spans are received and written to the store. */
function spansToStore(pod: Pod, { kafka }: JaegerSettings): Flow {
  const exporter = { trace_storage: STORAGE };
  if (kafka !== null) {
    return {
      receivers: { kafka: kafkaReceiver(pod, kafka) },
      exporters: { jaeger_storage_exporter: { ...exporter, ...UNTIL_WRITTEN } },
    };
  }
  const http = {
    endpoint: onAllAddresses(PORTS.otlpHttp.port),
    max_request_body_size: INTAKE_LIMITS.jaegerMessageBytes,
    // Longer than the Collector waits: after the default of 30 s a slow write could not be answered, and would be tried for ever.
    write_timeout: '90s',
  };
  return { receivers: { otlp: { protocols: { http } } }, exporters: { jaeger_storage_exporter: exporter } };
}

/** A message's offset is committed after its spans were written; a failed message is read again. */
const kafkaReceiver = (pod: Pod, kafka: KafkaSettings) => ({
  ...kafkaClient(pod, kafka),
  traces: { topics: [kafka.topic], encoding: 'otlp_proto' },
  group_id: kafka.group,
  initial_offset: 'earliest',
  message_marking: { after: true, on_error: false },
});

/**
 * The write is retried until it succeeds. The exporter has no queue unless one is configured, so the receiver waits for the write (Jaeger
 * 2.20.0, cmd/jaeger/internal/exporters/storageexporter: `QueueConfig` is an empty Optional).
 */
const UNTIL_WRITTEN = {
  retry_on_failure: { enabled: true, initial_interval: '1s', max_interval: '30s', max_elapsed_time: '0s' },
} as const;

/** The metrics of the Monitor tab: names and unit are those that the Collector writes. */
function metricBackend(context: StackContext, pod: Pod) {
  const endpoint = context.part(prometheus)?.http.urlFor(pod.party, 'Monitor tab');
  if (endpoint === undefined) return null;
  return {
    endpoint,
    metric_namespace: SPAN_METRICS.prometheusNamespace,
    latency_unit: SPAN_METRICS.unit,
    normalize_calls: true,
    normalize_duration: true,
  };
}
