/** The programs that emit metrics. A rule or a panel is rendered if all emitters of its metrics are on. */
import type { Emitter } from '../promql/metric';

const TARGET = { job: 'fixed', instance: 'bounded' } as const;
const POD = { ...TARGET, namespace: 'fixed', pod: 'bounded' } as const;
/** Series that the Collector exposes for services: job and instance are those of the service. */
const SENDER = { ...TARGET, collector_instance_id: 'bounded' } as const;
const JAN_POD = { ...POD, service: 'fixed' } as const;
/** Fields that the services of Jan Server have in common. */
const JAN = { switchedOnBy: 'janServer.services', targetLabels: JAN_POD, namePrefix: 'jan_' } as const;

const emitters = {
  scrape: {
    title: 'Prometheus, about each target and alert',
    switchedOnBy: null,
    targetLabels: { ...JAN_POD, node: 'bounded' },
    hasMixedTargets: true,
  },
  prometheus: { title: 'Prometheus', switchedOnBy: null, targetLabels: TARGET },
  collector: {
    title: 'OpenTelemetry Collector',
    switchedOnBy: null,
    targetLabels: POD,
    namePrefix: 'otelcol_',
    omitsTotal:
      'service.telemetry.metrics of the Collector sets without_type_suffix: true, the default of a configured reader since 0.152',
  },
  spanMetrics: { title: 'span metrics of the Collector', switchedOnBy: null, targetLabels: SENDER },
  genAi: { title: 'LLM metrics that the Collector makes from spans', switchedOnBy: null, targetLabels: SENDER },
  userServices: {
    title: "the user's own services, as the key `metrics` declares",
    switchedOnBy: null,
    targetLabels: { ...JAN_POD, collector_instance_id: 'bounded' },
    hasMixedTargets: true,
  },
  sdk: { title: 'OpenTelemetry SDKs of the services', switchedOnBy: null, targetLabels: SENDER },
  jaeger: { title: 'Jaeger', switchedOnBy: null, targetLabels: POD },
  grafana: { title: 'Grafana', switchedOnBy: null, targetLabels: POD },
  alertmanager: { title: 'Alertmanager', switchedOnBy: 'alertmanager.enabled', targetLabels: POD },
  kubeStateMetrics: { title: 'kube-state-metrics', switchedOnBy: 'kubeStateMetrics.enabled', targetLabels: TARGET },
  kubelet: { title: 'kubelet', switchedOnBy: 'kubelet.enabled', targetLabels: { ...TARGET, node: 'bounded' } },
  cadvisor: { title: 'cAdvisor', switchedOnBy: 'kubelet.enabled', targetLabels: { ...TARGET, node: 'bounded' } },
  nodeExporter: {
    title: 'node-exporter',
    switchedOnBy: 'nodeExporter.enabled',
    targetLabels: { ...POD, node: 'bounded' },
  },
  llmApi: { title: "Jan Server's llm-api", ...JAN },
  mcpTools: { title: "Jan Server's mcp-tools", ...JAN },
  responseApi: { title: "Jan Server's response-api", ...JAN },
  mediaApi: { title: "Jan Server's media-api", ...JAN },
  realtimeApi: { title: "Jan Server's realtime-api", ...JAN },
  memoryTools: { title: "Jan Server's memory-tools", ...JAN },
  vllm: { title: 'vLLM', switchedOnBy: 'vllm', targetLabels: POD },
  dcgm: { title: "NVIDIA's DCGM exporter", switchedOnBy: 'gpu', targetLabels: POD },
} as const satisfies Record<string, Emitter>;

/** Name of an emitter in the code. */
export type EmitterName = keyof typeof emitters;

/** Every emitter in the catalogue. */
export const EMITTERS: Readonly<Record<EmitterName, Emitter>> = emitters;
