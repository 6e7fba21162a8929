import type { Config } from '../../config/load';
import type { ComponentParty, PodsParty, Topology } from '../../lib/topology';
import { POD_LABELS, RUNNING } from '../prometheus/relabel';
import type { ScrapeJob } from '../prometheus/scrape-jobs';

/** Pods of somebody else's that serve metrics. */
type Pods = NonNullable<Config['gpu']>;

/** Names of the jobs. What they scrape is not the stack's own: it may be gone over night. */
export const MODEL_SERVER_JOBS = { vllm: 'vllm', gpu: 'dcgm-exporter' } as const;

/** vLLM, and NVIDIA's DCGM exporter, where they are configured. */
export const modelServerJobs = ({ vllm, gpu }: Config, topology: Topology, client: ComponentParty): ScrapeJob[] => [
  ...(vllm === null ? [] : [podsJob(MODEL_SERVER_JOBS.vllm, vllm, topology, client)]),
  ...(gpu === null ? [] : [podsJob(MODEL_SERVER_JOBS.gpu, gpu, topology, client)]),
];

/** Found by their labels: whether there is a Service before them makes no difference. */
function podsJob(
  job: string,
  { namespace, podLabels, port }: Pods,
  topology: Topology,
  client: ComponentParty,
): ScrapeJob {
  const server: PodsParty = { kind: 'pods', name: job, namespace, podLabels };
  topology.connect({ client, server, port, protocol: 'TCP', purpose: 'scrape' });
  const label = Object.entries(podLabels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  return {
    job_name: job,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [namespace] }, selectors: [{ role: 'pod', label }] }],
    relabel_configs: [
      RUNNING,
      // A pod is found once for each port that it declares, and once where it declares none: all of them become this one.
      { source_labels: ['__meta_kubernetes_pod_ip'], target_label: '__address__', replacement: `$1:${port}` },
      ...POD_LABELS,
    ],
  };
}
