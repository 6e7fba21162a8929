/** Nodes, from node-exporter. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Dashboard, Variable } from '../spec';
import { busy, bytes, clock, fileSystems, latency, packetsLost, traffic } from './nodes-io';
import * as now from './nodes-now';
import { cpu, disks, eachNode, loads, memory, stalls, waits } from './nodes-usage';

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
    {
      title: 'Are they well?',
      panels: [
        now.nodesUp(),
        now.cpuNow(),
        now.memoryNow(),
        now.diskNow(),
        now.loadNow(),
        now.stalledNow(),
        now.oomKills(),
        now.brokenNow(),
      ],
    },
    { title: 'How busy are they?', panels: [cpu(), memory(), disks()] },
    { title: 'Which node is it?', panels: [eachNode()] },
    { title: 'What do processes wait for?', closed: true, panels: [waits(), stalls(), loads()] },
    { title: 'What do their disks do?', closed: true, panels: [fileSystems(), busy(), bytes(), latency()] },
    { title: 'What do they receive and send?', closed: true, panels: [traffic(), packetsLost()] },
    { title: 'Are their clocks right?', closed: true, panels: [clock()] },
  ],
});
