import { prometheusSize } from '../../config/units';
import type { Endpoint } from '../../lib/endpoint';
import { PART_OF } from '../../lib/labels';
import type { ComponentParty } from '../../lib/parties';
import { keep, POD_LABELS, RUNNING } from './relabel';

/** One entry of `scrape_configs`. */
export type ScrapeJob = { readonly job_name: string; readonly relabel_configs?: readonly object[] } & Readonly<
  Record<string, unknown>
>;

/**
 * One port of one of the stack's programs. Each pod is a target, found by EndpointSlices: requests through the Service would reach a
 * different pod each time.
 * @param namespace the stack's namespace
 */
export const podsBehind = (namespace: string, { server, name }: Endpoint) => ({
  kubernetes_sd_configs: [
    {
      role: 'endpointslice',
      namespaces: { names: [namespace] },
      selectors: [{ role: 'endpointslice', label: `app.kubernetes.io/part-of=${PART_OF}` }],
    },
  ],
  relabel_configs: [
    keep(['__meta_kubernetes_service_name', '__meta_kubernetes_endpointslice_port_name'], `${server.name};${name}`),
    RUNNING,
  ],
});

/**
 * The metrics of an exporter, whose series describe other objects: they get no labels of the exporter's pod.
 * @param job value of the `job` label
 * @param namespace the stack's namespace
 */
export function exporterJob(job: string, namespace: string, endpoint: Endpoint, client: ComponentParty): ScrapeJob {
  endpoint.allow(client, 'scrape');
  return { job_name: job, ...podsBehind(namespace, endpoint) };
}

/** The metrics of one of the stack's programs about itself, with its namespace and its pod as labels. */
export function podJob(...args: Parameters<typeof exporterJob>): ScrapeJob {
  const job = exporterJob(...args);
  return { ...job, relabel_configs: [...(job.relabel_configs ?? []), ...POD_LABELS] };
}

/** Limits of one scrape, in Prometheus' words. A scrape that exceeds one of them fails as a whole, and the target counts as down. */
export const limitsOf = (limits: { readonly samples: number; readonly labels: number; readonly bodySize: string }) => ({
  sample_limit: limits.samples,
  label_limit: limits.labels,
  body_size_limit: prometheusSize(limits.bodySize),
});
