/** The cluster that the series of the benchmark describe: its nodes, pods and services, as their labels. */

/** Labels of a series. An absent one is left out. */
export type Labels = Readonly<Record<string, string>>;

/** Numbers from 1, with leading zeros, so that names have one length. */
const numbered = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${String(index + 1).padStart(2, '0')}`);

/** Nodes of the cluster. */
export const NODES = numbered('node', 30);

/** A container of a pod, where it runs, and what owns it. */
export interface Pod {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly node: string;
  readonly ip: string;
  readonly deployment: string;
  readonly containers: readonly string[];
}

const STACK = 'jan-monitoring';
const JAN = 'jan-server';

/** Deployments by their number of pods. Services of Jan Server, others beside them, and the stack itself. */
const DEPLOYMENTS: readonly (readonly [namespace: string, name: string, pods: number])[] = [
  [JAN, 'llm-api', 12],
  [JAN, 'mcp-tools', 6],
  [JAN, 'response-api', 6],
  [JAN, 'media-api', 6],
  [JAN, 'realtime-api', 6],
  ...numbered('worker', 23).map((name) => [JAN, name, 11] as const),
  [STACK, 'otel-collector', 2],
  [STACK, 'prometheus', 1],
  [STACK, 'jaeger-collector', 2],
  [STACK, 'jaeger-query', 2],
  [STACK, 'grafana', 2],
  [STACK, 'alertmanager', 3],
  [STACK, 'kube-state-metrics', 1],
];

/** Every pod of the two namespaces that the stack watches. */
export const PODS: readonly Pod[] = DEPLOYMENTS.flatMap(([namespace, deployment, count]) =>
  numbered(deployment, count).map((pod, index) => ({
    namespace,
    pod,
    uid: `uid-of-${pod}`,
    node: NODES[(index * 7 + deployment.length) % NODES.length] ?? '',
    ip: `10.1.${deployment.length}.${index + 1}`,
    deployment,
    containers: index % 2 === 0 ? [deployment] : [deployment, 'proxy'],
  })),
);

/** Names of the Deployments, with their namespaces. */
export const WORKLOADS: readonly Labels[] = DEPLOYMENTS.map(([namespace, deployment]) => ({ namespace, deployment }));

/** Pods of one Deployment. */
export const podsOf = (name: string): readonly Pod[] => PODS.filter(({ deployment }) => deployment === name);

/** Pods of the Collector: each exposes the metrics of all services that send to it. */
export const COLLECTORS: readonly string[] = podsOf('otel-collector').map(({ pod }) => pod);

/** Services that send spans, of which llm-api has the most pods. */
export const SENDERS: readonly string[] = ['llm-api', 'realtime-api', ...numbered('worker', 8)];

/** Pods of a service that send spans: 40 in all. */
export const sendingPods = (service: string): readonly Pod[] =>
  podsOf(service).slice(0, service === 'llm-api' ? 12 : service === 'realtime-api' ? 4 : 3);

/** Models that are called, with their providers. */
export const MODELS: readonly Labels[] = ['openai', 'anthropic', 'vllm'].flatMap((provider) =>
  numbered('model', 4).map((model) => ({
    gen_ai_provider_name: provider,
    gen_ai_request_model: `${provider}-${model}`,
  })),
);

/** Routes of an HTTP service, as its spans name them. */
export const ROUTES: readonly string[] = [
  '/v1/chat/completions',
  '/v1/models',
  '/v1/conversations/:id',
  '/v1/conversations',
  '/v1/files/:id',
  '/v1/users/:id/settings',
  '/v1/projects',
  '/v1/projects/:id',
  '/v1/responses',
  '/healthz',
];
