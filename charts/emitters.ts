import type { Config } from '../config/load';
import { EMITTERS } from '../metrics/emitters';
import type { Emitter } from '../promql/metric';

/** What every installation has. */
const ALWAYS: readonly Emitter[] = [
  EMITTERS.scrape,
  EMITTERS.prometheus,
  EMITTERS.collector,
  EMITTERS.spanMetrics,
  EMITTERS.genAi,
  EMITTERS.sdk,
  EMITTERS.jaeger,
  EMITTERS.grafana,
];

/** The services of Jan Server that are scraped, by their names in `janServer.services`. */
const JAN_SERVICES: Readonly<Record<string, Emitter>> = {
  'llm-api': EMITTERS.llmApi,
  'mcp-tools': EMITTERS.mcpTools,
  'response-api': EMITTERS.responseApi,
  'media-api': EMITTERS.mediaApi,
  'realtime-api': EMITTERS.realtimeApi,
  'memory-tools': EMITTERS.memoryTools,
};

/** Who emits metrics in an environment: an alert or a panel that names another's metrics is not rendered. */
export function emittersOf(config: Config): ReadonlySet<Emitter> {
  const { janServer, alertmanager, kubeStateMetrics, kubelet, nodeExporter, vllm, gpu } = config;
  const services = (janServer?.services ?? []).flatMap(({ name }) => JAN_SERVICES[name] ?? []);
  const switched: readonly (readonly [isOn: boolean, emitters: readonly Emitter[]])[] = [
    [alertmanager.enabled, [EMITTERS.alertmanager]],
    [kubeStateMetrics.enabled, [EMITTERS.kubeStateMetrics]],
    [kubelet.enabled, [EMITTERS.kubelet, EMITTERS.cadvisor]],
    [nodeExporter.enabled, [EMITTERS.nodeExporter]],
    [vllm !== null, [EMITTERS.vllm]],
    [gpu !== null, [EMITTERS.dcgm]],
  ];
  return new Set([...ALWAYS, ...services, ...switched.flatMap(([isOn, emitters]) => (isOn ? emitters : []))]);
}
