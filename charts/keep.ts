import type { App } from 'cdk8s';
import type { Config } from '../config/load';
import { KubeletRightsChart } from './kubelet/rights';
import { NamespaceChart } from './namespace/chart';
import type { Account } from './rights/roles';
import { PriorityChart } from './scheduling/chart';
import { StorageChart, storageProps } from './storage/chart';

/**
 * What outlives the programs: what is in no namespace, and the claims. An administrator of the cluster applies it once; all else
 * needs rights in the stack's namespace only.
 * @param prometheus its account, which reads the metrics of kubelets
 */
export function addKept(keep: App, config: Config, prometheus: Account): void {
  const { namespace, nodeExporter, scheduling, kubelet } = config;
  new NamespaceChart(keep, '00-namespace', namespace, 'restricted');
  if (nodeExporter.enabled)
    new NamespaceChart(keep, '01-node-exporter-namespace', nodeExporter.namespace, 'privileged', namespace);
  if (scheduling.priority !== null) new PriorityChart(keep, '05-priority', config);
  if (kubelet.enabled) new KubeletRightsChart(keep, '06-kubelet-rights', prometheus);
  const storage = storageProps(config);
  // No file at all, rather than an empty one.
  if (Object.values(storage.sizes).some((size) => size !== undefined)) new StorageChart(keep, '10-storage', storage);
}
