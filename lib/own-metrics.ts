import { env } from './env-text';

/**
 * Where a Collector, or Jaeger, which is built on it, serves its own metrics: on the pod's address, as an entry of
 * `service.telemetry.metrics.readers`. Suffixes are said outright: their defaults changed between versions
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
