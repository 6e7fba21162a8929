import type { Config } from '../config/load';
import type { Emitter } from '../metrics/emitters';

/** What every installation has. */
const ALWAYS: readonly Emitter[] = [
  'scrape',
  'rules',
  'prometheus',
  'collector',
  'spanMetrics',
  'genAi',
  'sdk',
  'jaeger',
  'grafana',
];

/** The services of Jan Server that are scraped, by their names in `janServer.services`. */
const JAN_SERVICES: Readonly<Record<string, Emitter>> = {
  'llm-api': 'llmApi',
  'mcp-tools': 'mcpTools',
  'response-api': 'responseApi',
  'media-api': 'mediaApi',
  'realtime-api': 'realtimeApi',
  'memory-tools': 'memoryTools',
};

/** Who emits metrics in an environment: an alert or a panel that names another's metrics is not rendered. */
export function emittersOf(config: Config): ReadonlySet<Emitter> {
  const { janServer, alertmanager, kubeStateMetrics, kubelet, nodeExporter, vllm, gpu } = config;
  const services = (janServer?.services ?? []).flatMap(({ name }) => JAN_SERVICES[name] ?? []);
  const switched: readonly (readonly [isOn: boolean, emitters: readonly Emitter[]])[] = [
    [alertmanager.enabled, ['alertmanager']],
    [kubeStateMetrics.enabled, ['kubeStateMetrics']],
    [kubelet.enabled, ['kubelet', 'cadvisor']],
    [nodeExporter.enabled, ['nodeExporter']],
    [vllm !== null, ['vllm']],
    [gpu !== null, ['dcgm']],
  ];
  return new Set([...ALWAYS, ...services, ...switched.flatMap(([isOn, emitters]) => (isOn ? emitters : []))]);
}
