import type { Config } from '../../config/load';
import { selectorLabels } from '../../lib/labels';
import type { ComponentParty, Topology } from '../../lib/topology';
import { nodesOf } from '../nodes';
import { copy, POD_LABELS, RUNNING } from '../prometheus/relabel';
import type { ScrapeJob } from '../prometheus/scrape-jobs';
import { nodeExporterIdentity } from './chart';
import { PORT } from './daemon-set';

/** The node-exporter of each node. No policy is about its pods, which are in the nodes' network. */
export function nodeExporterJobs(config: Config, topology: Topology, client: ComponentParty): ScrapeJob[] {
  const { nodeExporter, namespace } = config;
  if (!nodeExporter.enabled) return [];
  topology.connect({ client, server: nodesOf(config), port: PORT.port, protocol: 'TCP', purpose: 'scrape' });
  const label = Object.entries(selectorLabels(nodeExporterIdentity(namespace)))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  return [
    {
      job_name: 'node-exporter',
      kubernetes_sd_configs: [
        { role: 'pod', namespaces: { names: [nodeExporter.namespace] }, selectors: [{ role: 'pod', label }] },
      ],
      relabel_configs: [RUNNING, ...POD_LABELS, copy('__meta_kubernetes_pod_node_name', 'node')],
    },
  ];
}
