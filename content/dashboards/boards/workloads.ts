/** Kubernetes: the pods of the stack and of Jan Server. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { DEPLOYED } from '../parts/annotations';
import type { Dashboard, Variable } from '../spec';
import { claimPhases, claims, claimsFull } from './workloads-claims';
import { cronJobs, jobs } from './workloads-jobs';
import { cpuShare, memoryShare, throttled } from './workloads-limits';
import * as now from './workloads-now';
import { ended, phases, waiting, workloads } from './workloads-pods';
import { ofNamespace } from './workloads-scope';
import { missingPods, restarts, unreadyPods } from './workloads-since';
import { containers, cpu, cpuInAll, memory, memoryInAll, network, packetsLost } from './workloads-usage';

const POD_METRICS = ['kube_pod_info', 'container_memory_working_set_bytes'] as const;

const namespace: Variable = {
  name: 'namespace',
  label: 'Namespace',
  description: 'Namespaces whose pods are known',
  of: 'namespace',
  series: POD_METRICS,
  several: true,
};

const pod: Variable = {
  name: 'pod',
  label: 'Pod',
  description: 'Pods of the chosen namespaces. Workloads, Jobs and claims are shown whichever are chosen',
  of: 'pod',
  series: [ofNamespace(POD_METRICS[0]), ofNamespace(POD_METRICS[1])],
  several: true,
};

/** "Kubernetes workloads". */
export const kubernetesWorkloads = (): Dashboard => ({
  uid: DASHBOARD_UIDS.workloads,
  title: 'Kubernetes workloads',
  description:
    'Do the pods of the stack and of Jan Server run, how near are they to their limits, and how full are their claims',
  tags: ['kubernetes'],
  variables: [namespace, pod],
  annotations: [DEPLOYED],
  related: [DASHBOARD_UIDS.nodes, DASHBOARD_UIDS.alerting],
  rows: [
    {
      title: 'Do they run?',
      panels: [
        now.missing(),
        now.notReady(),
        now.restarts(),
        now.oomKills(),
        now.jobsFailed(),
        now.memoryNow(),
        now.throttledNow(),
        now.fullestClaim(),
      ],
    },
    { title: 'What does not run?', panels: [workloads(), waiting()] },
    { title: 'Since when?', panels: [missingPods(), unreadyPods(), restarts()] },
    { title: 'Are they near their limits?', panels: [memoryShare(), cpuShare(), throttled()] },
    { title: 'Why did they end?', panels: [ended()] },
    {
      title: 'Which container uses most?',
      closed: true,
      panels: [containers(), memory(), cpu(), memoryInAll(), cpuInAll()],
    },
    { title: 'What do they receive and send?', closed: true, panels: [network(), packetsLost()] },
    { title: 'How full are their claims?', closed: true, panels: [claims(), claimsFull(), claimPhases()] },
    { title: 'Do Jobs succeed?', closed: true, panels: [jobs(), cronJobs(), phases()] },
  ],
});
