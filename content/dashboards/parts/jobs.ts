/** Matchers of the jobs of programs whose metrics have the same names: Jaeger is built on the Collector. */

/** The Collector about itself. */
export const COLLECTOR = 'job="otel-collector-internal"';
/** Jaeger, in each of its roles. */
export const JAEGER = 'job=~"jaeger.*"';
/** Prometheus about itself. */
export const PROMETHEUS = 'job="prometheus"';
