/** Pods that are found by their labels and scraped, with or without a Service. */
import { labelSelector } from '../../lib/labels';
import type { ComponentParty, Graph, PodsParty } from '../../lib/parties';
import { POD_LABELS, RUNNING } from './relabel';
import type { ScrapeJob } from './scrape-jobs';

/** Pods to scrape, found by their labels. */
export interface ScrapeTarget {
  /** Value of the `job` label, unique in the stack. */
  readonly job: string;
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Labels of the pods. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Container port that serves the metrics, from 1 to 65535. */
  readonly port: number;
  /** Path of the metrics. @default '/metrics' */
  readonly path?: string;
  /** How often, as `30s`. @default - `prometheus.scrapeInterval` */
  readonly interval?: string;
}

/** The scrape job of such pods, and the allowed connection to them. */
export function targetJob(graph: Graph, client: ComponentParty, target: ScrapeTarget): ScrapeJob {
  const { job, namespace, podLabels, port, path, interval } = target;
  const server: PodsParty = { kind: 'pods', name: job, namespace, podLabels };
  graph.connect({ client, server, port, protocol: 'TCP', purpose: 'scrape' });
  const label = labelSelector(podLabels);
  return {
    job_name: job,
    ...(interval !== undefined && { scrape_interval: interval }),
    ...(path !== undefined && { metrics_path: path }),
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [namespace] }, selectors: [{ role: 'pod', label }] }],
    relabel_configs: [
      RUNNING,
      // Discovery returns a pod once for each declared port, or once if it declares none. Setting the same address makes these one target.
      { source_labels: ['__meta_kubernetes_pod_ip'], target_label: '__address__', replacement: `$1:${port}` },
      ...POD_LABELS,
    ],
  };
}
