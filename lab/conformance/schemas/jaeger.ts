/**
 * The configuration of Jaeger 2.20, with the keys that our manifests use. The schema is strict, so that unknown keys are errors.
 * It follows Jaeger's sources, and is independent of the code that renders the configuration: internal/storage/elasticsearch/config, internal/storage/cassandra/config,
 * internal/storage/v1/badger, internal/config/promcfg, cmd/jaeger/internal/extension/{jaegerstorage,jaegerquery,remotesampling}; receivers,
 * TLS and queues follow the Collector's config packages.
 */
import * as z from 'zod';

const duration = z.string().regex(/^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/, 'a Go duration, such as 168h');
/** A listen address; the pod's address comes from the environment. */
const listen = z.string().regex(/^(\[\$\{env:POD_IP\}\]|0\.0\.0\.0):\d+$/, 'an address and a port');
const tls = z.strictObject({ insecure: z.boolean().optional(), ca_file: z.string().optional() });
const retry = z.strictObject({
  enabled: z.boolean(),
  initial_interval: duration,
  max_interval: duration,
  max_elapsed_time: duration,
});

const badger = z.strictObject({
  directories: z.strictObject({ keys: z.string(), values: z.string() }),
  ephemeral: z.literal(false),
  consistency: z.boolean(),
  ttl: z.strictObject({ spans: duration }),
});

const index = z.strictObject({ shards: z.int().min(1), replicas: z.int().min(0) });
const search = z.strictObject({
  server_urls: z.array(z.url()).min(1),
  auth: z
    .strictObject({ basic: z.strictObject({ username: z.string(), password_file: z.string().startsWith('/') }) })
    .optional(),
  tls: tls.optional(),
  indices: z.strictObject({
    index_prefix: z.string(),
    spans: index,
    services: index,
    dependencies: index,
    sampling: index,
  }),
});

const cassandra = z.strictObject({
  schema: z.strictObject({
    keyspace: z.string(),
    create: z.boolean(),
    datacenter: z.string(),
    replication_factor: z.int().min(1),
    trace_ttl: duration,
    dependencies_ttl: duration,
  }),
  connection: z.strictObject({
    servers: z.array(z.string()).min(1),
    port: z.int(),
    local_dc: z.string(),
    auth: z.strictObject({ basic: z.strictObject({ username: z.string(), password: z.string() }) }).optional(),
    tls,
  }),
});

const prometheus = z.strictObject({
  endpoint: z.url(),
  metric_namespace: z.string(),
  latency_unit: z.enum(['ms', 's']),
  normalize_calls: z.boolean(),
  normalize_duration: z.boolean(),
});

/** A backend has exactly one kind. */
const oneOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .refine((value) => Object.keys(value).length === 1, 'exactly one kind of backend');

const extensions = z.strictObject({
  healthcheckv2: z.strictObject({ use_v2: z.literal(true), http: z.strictObject({ endpoint: listen }) }),
  jaeger_storage: z.strictObject({
    backends: z.record(z.string(), oneOf({ badger, opensearch: search, elasticsearch: search, cassandra })),
    metric_backends: z.record(z.string(), oneOf({ prometheus })).optional(),
  }),
  jaeger_query: z
    .strictObject({
      storage: z.strictObject({ traces: z.string(), metrics: z.string().optional() }),
      http: z.strictObject({ endpoint: listen }),
    })
    .optional(),
  remote_sampling: z
    .strictObject({
      file: z.strictObject({ path: z.string().startsWith('/') }),
      http: z.strictObject({ endpoint: listen }),
      grpc: z.strictObject({ endpoint: listen }),
    })
    .optional(),
});

const http = z.strictObject({ endpoint: listen, max_request_body_size: z.int(), write_timeout: duration });

const sasl = z.strictObject({
  username: z.string(),
  password: z.string(),
  mechanism: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'AWS_MSK_IAM_OAUTHBEARER']),
});
const kafka = z.strictObject({
  brokers: z.array(z.string().regex(/:\d+$/, 'a host and a port')).min(1),
  auth: z.strictObject({ sasl }).optional(),
  tls: tls.optional(),
  traces: z.strictObject({ topics: z.array(z.string()).min(1), encoding: z.enum(['otlp_proto', 'otlp_json']) }),
  group_id: z.string(),
  initial_offset: z.enum(['earliest', 'latest']),
  message_marking: z.strictObject({ after: z.boolean(), on_error: z.boolean() }),
});

const reader = z.strictObject({
  pull: z.strictObject({
    exporter: z.strictObject({
      prometheus: z.strictObject({
        host: z.string(),
        port: z.int(),
        without_scope_info: z.boolean().optional(),
        without_type_suffix: z.boolean().optional(),
        without_units: z.boolean().optional(),
      }),
    }),
  }),
});

/** The nop receiver and exporter. */
const nop = z.strictObject({});

/** The whole file. Every component that is referred to must be configured. */
export const jaegerSchema = z
  .strictObject({
    extensions,
    receivers: z.strictObject({ otlp: z.strictObject({ protocols: z.strictObject({ http }) }), kafka, nop }).partial(),
    exporters: z
      .strictObject({
        // Without `queue`: it has no defaults in 2.20.0, and is rejected without its sizes.
        jaeger_storage_exporter: z.strictObject({ trace_storage: z.string(), retry_on_failure: retry.optional() }),
        nop,
      })
      .partial(),
    service: z.strictObject({
      extensions: z.array(z.string()),
      telemetry: z.strictObject({
        logs: z.strictObject({
          level: z.enum(['debug', 'info', 'warn', 'error']),
          encoding: z.enum(['json', 'console']),
        }),
        metrics: z.strictObject({ level: z.enum(['none', 'basic', 'normal', 'detailed']), readers: z.array(reader) }),
      }),
      // Required: "service must have at least one pipeline" (go.opentelemetry.io/collector/service, pipelines/config.go).
      pipelines: z.strictObject({
        traces: z.strictObject({ receivers: z.array(z.string()).min(1), exporters: z.array(z.string()).min(1) }),
      }),
    }),
  })
  .superRefine((config, context) => {
    const { jaeger_storage: storage, jaeger_query: query } = config.extensions;
    const references: [string, string | undefined, object][] = [
      ['jaeger_query.storage.traces', query?.storage.traces, storage.backends],
      ['jaeger_query.storage.metrics', query?.storage.metrics, storage.metric_backends ?? {}],
      [
        'jaeger_storage_exporter.trace_storage',
        config.exporters.jaeger_storage_exporter?.trace_storage,
        storage.backends,
      ],
      ...config.service.extensions.map((name): [string, string, object] => [
        'service.extensions',
        name,
        config.extensions,
      ]),
      ...config.service.pipelines.traces.receivers.map((name): [string, string, object] => [
        'pipelines.traces.receivers',
        name,
        config.receivers,
      ]),
      ...config.service.pipelines.traces.exporters.map((name): [string, string, object] => [
        'pipelines.traces.exporters',
        name,
        config.exporters,
      ]),
    ];
    for (const [place, name, among] of references) {
      if (name !== undefined && !(name in among)) context.addIssue(`${place} names ${name}, which is not configured`);
    }
  });
