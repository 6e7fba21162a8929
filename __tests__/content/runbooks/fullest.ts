/** The environment with the most alerts and the longest names: nothing else makes the runbooks larger. */

/** As long as a name of Kubernetes may be. */
const long = (first: string) => first.padEnd(63, 'x');

const OWNER = 'x'.repeat(64);

export const FULLEST = `
namespace: ${long('stack')}
janServer:
  namespace: ${long('jan')}
  application: ${long('app')}
  services:
    - { name: llm-api, port: 8080 }
    - { name: mcp-tools, port: 8091 }
    - { name: response-api, port: 8082 }
    - { name: media-api, port: 8285 }
    - { name: realtime-api, port: 8186 }
    - { name: memory-tools, port: 8090 }
collector: { replicas: 2 }
prometheus:
  replicas: 2
  alertmanagers: [{ name: outside, url: 'https://alertmanager.example.com' }]
  remoteWrite: [{ name: store, url: 'https://store.example.com/api/v1/push' }]
alertmanager: { replicas: 2 }
nodeExporter: { enabled: true, namespace: ${long('nodes')} }
jaeger: { store: { type: opensearch, urls: ['https://opensearch.example.com:9200'] } }
vllm: { namespace: ${long('models')}, podLabels: { app: ${long('vllm')} } }
gpu: { namespace: ${long('models')}, podLabels: { app: ${long('dcgm')} } }
backup: { schedule: '0 3 * * *' }
alerts: { owners: { platform: ${OWNER}, services: ${OWNER} } }
`;
