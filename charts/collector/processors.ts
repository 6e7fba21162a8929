import { env, envText } from '../../lib/env-text';

/** A processor and its name in the configuration. */
export type Processor = readonly [name: string, settings: object];

/**
 * Refuses data before memory runs out. It is the first of every pipeline: a refusal must reach the sender while it can still
 * retry. The limits follow the container's memory limit; GOMEMLIMIT is set below it.
 */
export const MEMORY_LIMITER: Processor = [
  'memory_limiter',
  { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
];

/**
 * Sets the cluster and the environment of the data. The environment is the one that this stack is rendered for, whatever the sender
 * reports: llm-api and realtime-api send `environment`, older conventions `deployment.environment`, and a service without a configured
 * environment sends "development".
 */
export const resourceAttributes = (cluster: string, environment: string): Processor => [
  'resource',
  {
    attributes: [
      { key: 'deployment.environment.name', value: environment, action: 'upsert' },
      ...['deployment.environment', 'environment'].map((key) => ({ key, value: environment, action: 'update' })),
      { key: 'k8s.cluster.name', value: cluster, action: 'insert' },
    ],
  },
];

/** Prometheus does not accept delta sums, so they are converted to cumulative ones. */
export const DELTA_TO_CUMULATIVE: Processor = ['deltatocumulative', { max_stale: '1h' }];

/**
 * Adds the Collector's name to the span metrics of several Collectors. Each counts the spans that it received, and two writers of one
 * series would make it jump between their counts (single-writer principle). Where Prometheus scrapes, its job adds the same label.
 */
export const COLLECTOR_ID: Processor = [
  'transform/collector',
  {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'datapoint',
        statements: [envText`set(datapoint.attributes["collector.instance.id"], "${env('POD_NAME')}")`],
      },
    ],
  },
];
