/** Kubernetes: the pods of the stack and of Jan Server. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import type { Dashboard, Variable } from '../spec';
import { claims, claimsFull, claimsNow } from './workloads-claims';
import { deployments, pods, podsNow, restarts, restartsNow, statefulSets, terminated, waiting } from './workloads-pods';
import { cpu, cpuShare, memory, memoryNow, memoryShare, network, throttled } from './workloads-usage';

const namespace: Variable = {
  name: 'namespace',
  label: 'Namespace',
  description: 'Namespaces whose pods are known',
  of: 'namespace',
  series: ['kube_pod_info', 'container_memory_working_set_bytes'],
  several: true,
};

/** "Kubernetes workloads". */
export const kubernetesWorkloads = (): Dashboard => ({
  uid: DASHBOARD_UIDS.workloads,
  title: 'Kubernetes workloads',
  description:
    'Do the pods of the stack and of Jan Server run, how near are they to their limits, and how full are their claims',
  tags: ['kubernetes'],
  variables: [namespace],
  annotations: [],
  related: [DASHBOARD_UIDS.nodes, DASHBOARD_UIDS.alerting],
  rows: [
    { title: 'Now', panels: [podsNow(), restartsNow(), memoryNow(), claimsNow()] },
    { title: 'Pods', panels: [deployments(), statefulSets(), pods(), restarts(), waiting(), terminated()] },
    { title: 'Usage', panels: [memory(), memoryShare(), cpu(), cpuShare(), throttled(), network()] },
    { title: 'Claims', panels: [claims(), claimsFull()] },
  ],
});
