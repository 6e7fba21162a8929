/**
 * The schema of an environment file: types, bounds, units and defaults of every key, each in one place. Unknown keys are
 * errors. `environment.schema.json` and `docs/configuration.md` are generated from it.
 */
import { z } from 'zod';
import { alertmanager } from './schema/alertmanager';
import { alerts } from './schema/alerts';
import { collector } from './schema/collector';
import { kubelet, kubeStateMetrics, nodeExporter } from './schema/exporters';
import { grafana } from './schema/grafana';
import { jaeger } from './schema/jaeger';
import { metrics } from './schema/metrics';
import { gpu, vllm } from './schema/model-servers';
import { images, network, patches } from './schema/overrides';
import { cluster, janServer, platform, scheduling, storage } from './schema/platform';
import { prometheus } from './schema/prometheus';
import { slos } from './schema/slos';
import { dnsLabel } from './units';

/** An environment file. */
export const environmentSchema = z
  .strictObject({
    namespace: dnsLabel()
      .default('jan-monitoring')
      .describe(
        'namespace of the stack; it enforces the `restricted` Pod Security level, so share it with nothing else',
      ),
    platform,
    cluster,
    storage,
    scheduling,
    janServer,
    collector,
    prometheus,
    alertmanager,
    jaeger,
    grafana,
    alerts,
    vllm,
    gpu,
    slos,
    metrics,
    kubeStateMetrics,
    kubelet,
    nodeExporter,
    network,
    images,
    patches,
  })
  .describe('An environment of cdk8s-observability');

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;

/** What the schema yields: every default filled in. */
export type Settings = Immutable<z.output<typeof environmentSchema>>;
/** What a user may write: every key with a default may be missing. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** Where Jan Server runs, complete. */
export type JanServer = NonNullable<Settings['janServer']>;
/** The Collector's settings, complete. */
export type CollectorConfig = Settings['collector'];
/** Prometheus' settings, complete. */
export type PrometheusConfig = Settings['prometheus'];
/** Alertmanager's settings, complete. */
export type AlertmanagerConfig = Settings['alertmanager'];
/** Who can be told of an alert, complete. */
export type Receiver = AlertmanagerConfig['receivers'][number];
/** Jaeger's settings, complete. */
export type JaegerConfig = Settings['jaeger'];
/** Where Jaeger keeps spans, complete. */
export type TraceStore = JaegerConfig['store'];
/** The Kafka between the Collector and Jaeger, complete. */
export type KafkaConfig = NonNullable<JaegerConfig['kafka']>;
/** A server that is asked over HTTP, complete. */
export type Server = NonNullable<PrometheusConfig['query']>;
/** A server that is sent something over HTTP, complete. */
export type Destination = Settings['prometheus']['remoteWrite'][number];
/** Grafana's settings, complete. */
export type GrafanaConfig = Settings['grafana'];
/** A service level objective, complete. */
export type Slo = NonNullable<Settings['slos']>[number];
/** Registry, tag and digest overrides, complete. */
export type ImagesConfig = Settings['images'];
/** One change to a finished object. */
export type Patch = Settings['patches'][number];
