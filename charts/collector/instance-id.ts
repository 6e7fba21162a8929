import type { Processor } from './processors';

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
