/** Which series each program emits in the cluster of the benchmark: its targets, and the values of labels. */

import type { EmitterName } from '../../metrics/emitters';
import { PEER } from '../../metrics/span-metrics';
import {
  COLLECTORS,
  type Labels,
  MODELS,
  NODES,
  PODS,
  podsOf,
  ROUTES,
  SENDERS,
  sendingPods,
  WORKLOADS,
} from './queries-cluster';

/** Values of several labels that belong together. A row may leave out some of the labels. */
export interface Group {
  readonly covers: readonly string[];
  readonly rows: readonly Labels[];
}

/** The targets of a program, and what it says about each. */
export interface Shape {
  readonly targets: readonly Labels[];
  /** Its metrics that are there. @default - all of the catalogue */
  readonly only?: readonly string[];
  /** Labels that depend on the target. @default - none */
  readonly groups?: (target: Labels) => readonly Group[];
}

const group = (covers: readonly string[], rows: readonly Labels[]): Group => ({ covers, rows });

/** Pods with the labels of their own target. @param job the scrape job. @default - the name of the Deployment */
const ofPods = (deployment: string, port: number, job = deployment, more: Labels = {}): Shape => ({
  targets: podsOf(deployment).map(({ namespace, pod, ip }) => ({
    ...more,
    job,
    instance: `${ip}:${port}`,
    namespace,
    pod,
  })),
});

const ofJan = (service: string, port: number) => ofPods(service, port, service, { service });

/** Pods that send spans or metrics by OTLP, through each Collector. */
const throughCollectors = (services: readonly string[]): readonly Labels[] =>
  COLLECTORS.flatMap((collector) =>
    services.flatMap((service) =>
      sendingPods(service).map(({ pod }) => ({ job: service, instance: pod, collector_instance_id: collector })),
    ),
  );

const SPAN = [
  ...['service_name', 'span_name', 'span_kind', 'status_code', 'otelcol_truncated', PEER],
  ...['http_route', 'http_request_method', 'http_response_status_code', 'otel_metric_overflow'],
];

const STATUS = ['http_request_method', 'http_response_status_code', 'error_type'];
const STATUSES: readonly Labels[] = [
  { http_request_method: 'POST', http_response_status_code: '200' },
  { http_request_method: 'POST', http_response_status_code: '500', error_type: '500' },
];

/** Spans of one pod: 50 combinations, so that all pods fill the Collector's default limit of 2,000. */
function spansOf(service: string): readonly Labels[] {
  const unset = { status_code: 'STATUS_CODE_UNSET' };
  const failed = { status_code: 'STATUS_CODE_ERROR' };
  const requests = ROUTES.flatMap((http_route) =>
    [
      { http_response_status_code: '200', ...unset },
      { http_response_status_code: '404', ...unset },
      { http_response_status_code: '500', ...failed },
    ].map((status) => ({
      ...status,
      http_route,
      span_name: `POST ${http_route}`,
      span_kind: 'SPAN_KIND_SERVER',
      http_request_method: 'POST',
    })),
  );
  const others = SENDERS.filter((name) => name !== service).slice(0, 6);
  const calls = others.flatMap((peer) =>
    [unset, failed].map((status) => ({
      ...status,
      span_name: `POST ${peer}`,
      span_kind: 'SPAN_KIND_CLIENT',
      [PEER]: peer,
    })),
  );
  const internal = Array.from({ length: 8 }, (_, index) => ({
    ...unset,
    span_name: `step ${index + 1}`,
    span_kind: 'SPAN_KIND_INTERNAL',
  }));
  return [...requests, ...calls, ...internal].map((labels) => ({ service_name: service, ...labels }));
}

const KUBERNETES = { job: 'kube-state-metrics', instance: '10.1.18.1:8080' };

const container = ({ namespace, pod, uid }: (typeof PODS)[number], name: string) => ({
  namespace,
  pod,
  uid,
  container: name,
});

const CONTAINERS = PODS.flatMap((pod) => pod.containers.map((name) => container(pod, name)));

/** cAdvisor's labels of the containers on a node, and of the pods' own cgroups, which have the network. */
function onNode(node: string): readonly Group[] {
  const names = ['namespace', 'pod', 'container', 'image', 'id', 'name'];
  const pods = PODS.filter((pod) => pod.node === node);
  const sandboxes = pods.map(({ namespace, pod, uid }) => ({ namespace, pod, id: `/kubepods/${uid}` }));
  const inside = pods.flatMap(({ namespace, pod, uid, containers }) =>
    containers.map((name) => ({
      ...{ namespace, pod, container: name, image: `registry.example.com/${name}:1` },
      ...{ id: `/kubepods/${uid}/${name}`, name: `${uid}-${name}` },
    })),
  );
  return [
    group(['cpu'], [{ cpu: 'total' }]),
    group(
      [...names, 'interface'],
      sandboxes.map((row) => ({ ...row, interface: 'eth0' })),
    ),
    group(
      [...names, 'device'],
      inside.map((row) => ({ ...row, device: '/dev/sda1' })),
    ),
    group(names, [...sandboxes, ...inside]),
  ];
}

/** Series of each emitter that the environments of `dist/` turn on. */
export const SHAPES: Readonly<Partial<Record<EmitterName, Shape>>> = {
  prometheus: { targets: [{ job: 'prometheus', instance: 'localhost:9090' }] },
  collector: ofPods('otel-collector', 8888, 'otel-collector-internal'),
  spanMetrics: {
    targets: throughCollectors(SENDERS),
    groups: ({ job = '' }) => [group(SPAN, spansOf(job))],
  },
  genAi: {
    targets: throughCollectors(['llm-api', 'worker-01']),
    groups: ({ job = '' }) => [
      group(
        ['service_name', 'gen_ai_provider_name', 'gen_ai_request_model'],
        MODELS.map((row) => ({ ...row, service_name: job })),
      ),
      group(['error_type'], [{}, { error_type: 'timeout' }]),
      // The connector knows a single route (docs/signals.md).
      group(['http_route'], [{ http_route: '/v1/chat/completions' }]),
    ],
  },
  sdk: {
    // Jan Server's services send no metrics by OTLP (docs/signals.md).
    targets: throughCollectors(SENDERS.slice(2)),
    only: ['target_info', 'http_server_request_duration_seconds', 'http_client_request_duration_seconds'],
    groups: ({ job = '' }) => [
      group(
        ['http_route', ...STATUS],
        ROUTES.slice(0, 5).flatMap((http_route) => STATUSES.map((row) => ({ http_route, ...row }))),
      ),
      group(STATUS, STATUSES),
      group(['k8s_pod_name'], [{ k8s_pod_name: job }]),
    ],
  },
  jaeger: {
    targets: ['jaeger-collector', 'jaeger-query'].flatMap((name) => ofPods(name, 8888).targets),
    groups: () => [
      group(
        ['http_request_method', 'http_response_status_code'],
        ['200', '404'].map((code) => ({ http_request_method: 'GET', http_response_status_code: code })),
      ),
    ],
  },
  grafana: ofPods('grafana', 3000),
  alertmanager: ofPods('alertmanager', 9093),
  kubeStateMetrics: {
    targets: [KUBERNETES],
    groups: () => [
      group(['namespace', 'pod', 'uid', 'container'], CONTAINERS),
      group(
        ['namespace', 'pod', 'uid'],
        PODS.map(({ namespace, pod, uid }) => ({ namespace, pod, uid })),
      ),
      group(['namespace', 'deployment'], WORKLOADS),
    ],
  },
  kubelet: { targets: NODES.map((node) => ({ job: 'kubelet', instance: `${node}:10250`, node })) },
  cadvisor: {
    targets: NODES.map((node) => ({ job: 'cadvisor', instance: `${node}:10250`, node })),
    groups: ({ node = '' }) => onNode(node),
  },
  nodeExporter: {
    targets: NODES.map((node) => ({
      ...{ job: 'node-exporter', instance: `${node}:9100`, namespace: 'jan-node-exporter' },
      ...{ pod: `node-exporter-${node}`, node },
    })),
    groups: () => [group(['device', 'model', 'path', 'serial'], [{ device: 'sda' }, { device: 'sdb' }])],
  },
  llmApi: {
    ...ofJan('llm-api', 8080),
    groups: () => [
      // Only completions have a model.
      group(
        ['method', 'endpoint', 'model', 'stream'],
        [
          ...ROUTES.slice(1).map((endpoint) => ({ method: 'POST', endpoint, model: '', stream: 'false' })),
          ...['model-01', 'model-02', 'model-03', 'model-04'].flatMap((model) =>
            ['true', 'false'].map((stream) => ({ method: 'POST', endpoint: ROUTES[0] ?? '', model, stream })),
          ),
        ],
      ),
      group(
        ['method', 'endpoint'],
        ROUTES.map((endpoint) => ({ method: 'POST', endpoint })),
      ),
    ],
  },
  mcpTools: {
    ...ofJan('mcp-tools', 8091),
    groups: () => [group(['status'], [{ status: 'success' }, { status: 'error' }])],
  },
  responseApi: ofJan('response-api', 8082),
  mediaApi: ofJan('media-api', 8285),
  realtimeApi: ofJan('realtime-api', 8186),
};
