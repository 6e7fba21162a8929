/** Environments whose names and programs are none of the defaults. */

const APART = `
namespace: obs-x
janServer: { namespace: shop, application: shop-app, services: [{ name: llm-api, port: 8080 }] }
collector: { replicas: 2, metricsPath: otlp }
prometheus:
  alertmanagers: [{ name: outside, url: 'https://alertmanager.example.com' }]
  remoteWrite: [{ name: store, url: 'https://store.example.com/api/v1/push' }]
alertmanager: { enabled: false }
nodeExporter: { enabled: true, namespace: obs-x-nodes }
jaeger:
  replicas: 2
  store: { type: elasticsearch, urls: ['https://elasticsearch.example.com:9200'] }
vllm: { namespace: models, podLabels: { app: vllm, tier: gpu } }
gpu: { namespace: models, podLabels: { app: dcgm } }
`;

const STATIC = `
namespace: obs-y
janServer: { namespace: shop, application: shop-app, discovery: static, services: [{ name: mcp-tools, port: 8091 }] }
collector: { replicas: 3 }
prometheus: { replicas: 2 }
jaeger: { store: { type: cassandra, servers: [cassandra.db.svc] } }
alertmanager: { replicas: 2 }
kubelet: { enabled: false }
vllm: { namespace: shop, podLabels: { app: vllm } }
`;

/** What was chosen so that nothing is where it is by default. */
export const OTHER_NAMES: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'other names, Elasticsearch, metrics pushed', text: APART },
  { name: 'static discovery, Cassandra, several of each', text: STATIC },
];
