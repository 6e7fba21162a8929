import type { JanServer } from '../../config/schema';
import { env, envText } from '../../lib/env-text';
import { INTAKE_LIMITS } from '../../lib/limits';
import { TRUNCATED } from './span-metrics';

/** A processor with its name in the configuration. */
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
 * Adds what Kubernetes knows of the sending pod. One namespace only: its Role is there and nowhere else. It starts, and lets
 * data through, while the API server cannot be reached.
 */
export const kubernetesAttributes = ({ namespace }: Pick<JanServer, 'namespace'>): Processor => [
  'k8s_attributes',
  {
    auth_type: 'serviceAccount',
    filter: { namespace },
    extract: {
      metadata: [
        'k8s.namespace.name',
        'k8s.pod.name',
        'k8s.pod.uid',
        'k8s.pod.ip',
        'k8s.deployment.name',
        'k8s.node.name',
      ],
      // Without this the Deployment's name needs a watch on ReplicaSets.
      deployment_name_from_replicaset: true,
      labels: [{ tag_name: 'app.kubernetes.io/component', key: 'app.kubernetes.io/component', from: 'pod' }],
    },
    pod_association: ['k8s.pod.uid', 'k8s.pod.ip']
      .map((name): { sources: { from: string; name?: string }[] } => ({
        sources: [{ from: 'resource_attribute', name }],
      }))
      .concat([{ sources: [{ from: 'connection' }] }]),
  },
];

/**
 * Says which cluster and environment data comes from. The environment is the one that this stack is rendered for, whatever the
 * sender says: llm-api and realtime-api say `environment`, older conventions `deployment.environment`, and a service that was
 * given none says "development".
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

const INSTANCE = 'resource.attributes["service.instance.id"]';
const CLIENT = 'resource.cache["client"]';
const setInstance = (source: string) => `set(${INSTANCE}, ${source}) where ${INSTANCE} == nil`;

/**
 * Gives a service.instance.id to what has none, or two pods of one service would write the same series. What the sender itself
 * says of its pod or host comes first; at last the address that the data came from, which is the pod's, without its port, which
 * is another for each connection.
 */
const instanceStatements = [
  ...['k8s.pod.uid', 'k8s.pod.ip', 'host.name'].map((source) => setInstance(`resource.attributes["${source}"]`)),
  `set(${CLIENT}, otelcol.client.addr) where ${INSTANCE} == nil`,
  `replace_pattern(${CLIENT}, "^\\\\[?(.*?)\\\\]?:[0-9]+$", "$1") where IsMatch(${CLIENT}, "^(\\\\[.*\\\\]|[0-9.]+):[0-9]+$")`,
  setInstance(CLIENT),
];

/**
 * Gives a service.instance.id to every resource that has none. It stands before `k8s_attributes`, which knows a new pod only after
 * a second or so: a pod that changed its name then would leave a series behind, and for five minutes sums would count both.
 */
export const INSTANCE_ID: Processor = [
  'transform/instance',
  {
    error_mode: 'ignore',
    trace_statements: [{ context: 'resource', statements: instanceStatements }],
    metric_statements: [{ context: 'resource', statements: instanceStatements }],
  },
];

const { attributeBytes, attributesTotalBytes, attributeCount, nameBytes } = INTAKE_LIMITS;

/**
 * Cuts what is too long, and marks what it cut. Badger indexes every attribute and name, and one key beyond 65,000 bytes fails
 * the whole write: Jaeger's answer is then "try again", and one long prompt would block the queue and all behind it.
 *
 * Each context is a group of its own. In one list OTTL infers the lowest context, and skips spans without events.
 */
export const ATTRIBUTE_LIMITS: Processor = [
  'transform/limits',
  {
    error_mode: 'ignore',
    trace_statements: [
      {
        context: 'resource',
        statements: [cutText('resource.attributes["service.name"]', nameBytes), ...cut('resource')],
      },
      {
        context: 'scope',
        statements: [cutText('scope.name', nameBytes), cutText('scope.version', nameBytes), ...cut('scope')],
      },
      {
        context: 'span',
        statements: [
          cutText('span.name', nameBytes),
          cutText('span.status.message', attributeBytes),
          // A part of a trace state means nothing.
          `set(span.trace_state, "") where Len(span.trace_state) > ${nameBytes}`,
          ...cut('span'),
        ],
      },
      { context: 'spanevent', statements: [cutText('spanevent.name', nameBytes), ...cut('spanevent')] },
    ],
  },
];

/**
 * Statements that cut the attributes of one context. Long strings are the usual case, and `truncate_all` does that; it passes
 * over lists, maps and bytes. Attributes that are still large together are turned into plain ones by way of JSON, so that the
 * parts can be cut, and keys that are no names are dropped.
 */
function cut(context: string): string[] {
  const attributes = `${context}.attributes`;
  const before = `${context}.cache["before"]`;
  const still = `${context}.cache["large"] == true`;
  const shorten = [
    `limit(${attributes}, ${attributeCount}, ["service.name"])`,
    `truncate_all(${attributes}, ${attributeBytes})`,
  ];
  return [
    `set(${before}, ${attributes})`,
    ...shorten,
    `set(${context}.cache["large"], true) where Len(String(${attributes})) > ${attributesTotalBytes}`,
    `set(${attributes}, ParseJSON(String(${attributes}))) where ${still}`,
    `flatten(${attributes}) where ${still}`,
    `delete_matching_keys(${attributes}, "(?s)^.{${nameBytes}}") where ${still}`,
    ...shorten.map((statement) => `${statement} where ${still}`),
    `set(${attributes}["${TRUNCATED}"], true) where ${before} != ${attributes}`,
  ];
}

function cutText(path: string, limit: number): string {
  return `set(${path}, Substring(${path}, 0, ${limit}, true)) where Len(${path}) > ${limit}`;
}

/** Prometheus takes no delta sums: they are added up before they leave. */
export const DELTA_TO_CUMULATIVE: Processor = ['deltatocumulative', { max_stale: '1h' }];

/**
 * Tells the span metrics of several Collectors apart: each counts what it has seen, and two that write one series would make
 * it jump between their counts (Prometheus: one writer a series). Where Prometheus scrapes, its job adds the same label.
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
