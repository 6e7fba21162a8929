/** Who emits metrics. A rule or a panel is rendered where everybody whose metrics it names is on. */
import type { Cardinality } from '../promql/metric';

/** A program, or a part of one, whose metrics are catalogued together. */
export interface EmitterFacts {
  /** As readers know it. */
  readonly title: string;
  /** How it is switched on, as a key of the environment file says it; null: it is always on. */
  readonly switchedOnBy: string | null;
  /** Labels that its series get from their target, besides their own. */
  readonly targetLabels: Readonly<Record<string, Cardinality>>;
}

const TARGET = { job: 'fixed', instance: 'bounded' } as const;
const POD = { ...TARGET, namespace: 'fixed', pod: 'bounded' } as const;
/** Series that the Collector exposes for others: their job and instance are the services' own. */
const SENDER = { ...TARGET, collector_instance_id: 'bounded' } as const;
const JAN_POD = { ...POD, service: 'fixed' } as const;

/** Everybody whose metrics the catalogue knows. */
export const EMITTERS = {
  scrape: {
    title: 'Prometheus, about each target and alert',
    switchedOnBy: null,
    targetLabels: { ...JAN_POD, node: 'bounded' },
  },
  rules: { title: 'recording rules', switchedOnBy: null, targetLabels: {} },
  prometheus: { title: 'Prometheus', switchedOnBy: null, targetLabels: TARGET },
  collector: { title: 'OpenTelemetry Collector', switchedOnBy: null, targetLabels: POD },
  spanMetrics: { title: 'span metrics of the Collector', switchedOnBy: null, targetLabels: SENDER },
  genAi: { title: 'LLM metrics that the Collector makes from spans', switchedOnBy: null, targetLabels: SENDER },
  userServices: {
    title: "the user's own services, as the key `metrics` declares",
    switchedOnBy: null,
    targetLabels: { ...JAN_POD, collector_instance_id: 'bounded' },
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
  llmApi: { title: "Jan Server's llm-api", switchedOnBy: 'janServer.services', targetLabels: JAN_POD },
  mcpTools: { title: "Jan Server's mcp-tools", switchedOnBy: 'janServer.services', targetLabels: JAN_POD },
  responseApi: { title: "Jan Server's response-api", switchedOnBy: 'janServer.services', targetLabels: JAN_POD },
  mediaApi: { title: "Jan Server's media-api", switchedOnBy: 'janServer.services', targetLabels: JAN_POD },
  realtimeApi: { title: "Jan Server's realtime-api", switchedOnBy: 'janServer.services', targetLabels: JAN_POD },
  memoryTools: { title: "Jan Server's memory-tools", switchedOnBy: 'janServer.services', targetLabels: JAN_POD },
  vllm: { title: 'vLLM', switchedOnBy: 'vllm', targetLabels: POD },
  dcgm: { title: "NVIDIA's DCGM exporter", switchedOnBy: 'gpu', targetLabels: POD },
} as const satisfies Record<string, EmitterFacts>;

/** Name of an emitter in the code. */
export type Emitter = keyof typeof EMITTERS;
