import type { Processor } from './processors';

const INSTANCE = 'resource.attributes["service.instance.id"]';
const CLIENT = 'resource.cache["client"]';
const setInstance = (source: string) => `set(${INSTANCE}, ${source}) where ${INSTANCE} == nil`;

/**
 * Sets service.instance.id if it is missing. Otherwise two pods of one service would write the same series. The sender's own pod or host
 * attributes come first. The last resort is the pod's address that the data came from, without the port, which differs for each connection.
 */
const instanceStatements = [
  ...['k8s.pod.uid', 'k8s.pod.ip', 'host.name'].map((source) => setInstance(`resource.attributes["${source}"]`)),
  `set(${CLIENT}, otelcol.client.addr) where ${INSTANCE} == nil`,
  `replace_pattern(${CLIENT}, "^\\\\[?(.*?)\\\\]?:[0-9]+$", "$1") where IsMatch(${CLIENT}, "^(\\\\[.*\\\\]|[0-9.]+):[0-9]+$")`,
  setInstance(CLIENT),
];

/**
 * Gives a service.instance.id to every resource that has none. It runs before `k8s_attributes`, which knows a new pod only after about a
 * second. If the ID changed then, the old series would remain for five minutes, and sums would count both.
 */
export const INSTANCE_ID: Processor = [
  'transform/instance',
  {
    error_mode: 'ignore',
    trace_statements: [{ context: 'resource', statements: instanceStatements }],
    metric_statements: [{ context: 'resource', statements: instanceStatements }],
  },
];
