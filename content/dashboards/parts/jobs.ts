/** Matchers of the `job` label, for programs whose metrics have the same names: Jaeger is built on the Collector. */

/** The Collector's own metrics. */
export const COLLECTOR = 'job="otel-collector-internal"';
/** Jaeger, in each of its roles. */
export const JAEGER = 'job=~"jaeger.*"';
/** Prometheus' own metrics. */
export const PROMETHEUS = 'job="prometheus"';
