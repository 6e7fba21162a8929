/** Nodes, from node-exporter. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Dashboard, Variable } from '../spec';
import { disk, filesystems, filesystemsNow, network, networkErrors } from './nodes-io';
import { cpu, cpuNow, load, memory, memoryNow, nodesUp, pressure } from './nodes-usage';

const node: Variable = {
  name: 'node',
  label: 'Node',
  description: 'Nodes that node-exporter runs on',
  of: 'node',
  series: ['node_uname_info'],
  several: true,
};

/** "Nodes". */
export const nodes = (): Dashboard => ({
  uid: DASHBOARD_UIDS.nodes,
  title: 'Nodes',
  description: 'How busy the nodes are: CPU, memory, disks and network',
  tags: ['kubernetes'],
  variables: [node],
  annotations: [],
  related: [DASHBOARD_UIDS.workloads, DASHBOARD_UIDS.alerting],
  rows: [
    { title: 'Now', panels: [nodesUp(), cpuNow(), memoryNow(), filesystemsNow()] },
    { title: 'CPU and memory', panels: [cpu(), memory(), load(), pressure()] },
    { title: 'Disks and network', panels: [filesystems(), disk(), network(), networkErrors()] },
  ],
});
