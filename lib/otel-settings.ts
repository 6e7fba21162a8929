/** Settings that the Collector and Jaeger share: Jaeger is built on a Collector. */
import { type EnvText, env, envText } from './env-text';

/** An address of the pod itself. With the brackets, the same text works for an IPv4 and an IPv6 address. */
export const onPod = (port: number): EnvText => envText`[${env('POD_IP')}]:${port}`;

/** Every address of the pod: a forwarded port arrives on localhost. */
export const onAllAddresses = (port: number): string => `0.0.0.0:${port}`;

/**
 * How long a gRPC connection lives where there are several pods behind a name (gRPC's own keepalive settings): connections end after
 * a while, so that senders find the pods that came later.
 */
export const RECONNECT = { server_parameters: { max_connection_age: '5m', max_connection_age_grace: '30s' } } as const;

/**
 * Where a Collector, or Jaeger, which is built on it, serves its own metrics: on the pod's address, as an entry of
 * `service.telemetry.metrics.readers`. Suffixes are set explicitly: their defaults changed between versions
 * (opentelemetry-collector#13867), and without them otelcol_exporter_sent_spans_total has another name.
 */
export const ownMetrics = (port: number) => ({
  pull: {
    exporter: {
      prometheus: {
        host: env('POD_IP'),
        port,
        without_scope_info: true,
        without_type_suffix: false,
        without_units: false,
      },
    },
  },
});
