import type { JanServer } from '../../config/schema';
import { prometheusSize } from '../../config/units';
import type { Endpoint } from '../../lib/endpoint';
import { PART_OF } from '../../lib/labels';
import type { ComponentParty, PodsParty, Topology } from '../../lib/topology';
import { WITHOUT_MADE_UP_LABELS } from '../jan-server/client-labels';
import { copy, keep, POD_LABELS, RUNNING } from './relabel';

/** One entry of `scrape_configs`. */
export type ScrapeJob = { readonly job_name: string; readonly relabel_configs?: readonly object[] } & Readonly<
  Record<string, unknown>
>;

/** Prometheus itself. */
export const selfJob = (port: number): ScrapeJob => ({
  job_name: 'prometheus',
  static_configs: [{ targets: [`localhost:${port}`] }],
});

/**
 * One port of one of the stack's programs, each pod for itself, found by endpoint slices: whoever goes through the Service
 * meets another pod each time.
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
 * The metrics of one of the stack's programs, whose series are about others: they have no labels of the pod that tells them.
 * @param job value of the `job` label
 * @param namespace the stack's namespace
 */
export function tellingJob(job: string, namespace: string, endpoint: Endpoint, client: ComponentParty): ScrapeJob {
  endpoint.allow(client, 'scrape');
  return { job_name: job, ...podsBehind(namespace, endpoint) };
}

/** The own metrics of one of the stack's programs, with its namespace and its pod as labels. */
export function podJob(...args: Parameters<typeof tellingJob>): ScrapeJob {
  const job = tellingJob(...args);
  return { ...job, relabel_configs: [...(job.relabel_configs ?? []), ...POD_LABELS] };
}

/**
 * The services' metrics, as the Collector exposes them: `job` and `instance` there are the services' own, so they are kept,
 * and what would pass for a series of Prometheus itself is dropped.
 * @param several whether there are several Collectors: then each one's series have its name, or they would be one series
 */
export function honouringLabels(job: ScrapeJob, several: boolean): ScrapeJob {
  const byCollector = copy('__meta_kubernetes_pod_name', 'collector_instance_id');
  return {
    ...job,
    honor_labels: true,
    relabel_configs: [...(job.relabel_configs ?? []), ...(several ? [byCollector] : [])],
    metric_relabel_configs: [
      { source_labels: ['__name__'], regex: 'up|scrape_.+|ALERTS|ALERTS_FOR_STATE', action: 'drop' },
    ],
  };
}

/** Jan Server's services: found by endpoint slices in its namespace, or by the names of its Services. */
export function janServerJob(topology: Topology, jan: JanServer, domain: string, client: ComponentParty): ScrapeJob[] {
  if (jan.services.length === 0) return [];
  for (const service of jan.services) {
    topology.connect({
      client,
      server: janService(jan, service.name),
      port: service.port,
      protocol: 'TCP',
      purpose: 'scrape',
    });
  }
  const bounded = { job_name: 'jan-server', scrape_interval: jan.scrapeInterval, ...limitsOf(jan.limits) };
  const targets = jan.discovery === 'static' ? staticTargets(jan, domain) : discoveredTargets(jan);
  return [{ ...bounded, ...targets, metric_relabel_configs: WITHOUT_MADE_UP_LABELS }];
}

/** One of Jan Server's services, as an end of an edge. */
const janService = (jan: JanServer, component: string): PodsParty => ({
  kind: 'pods',
  name: component,
  namespace: jan.namespace,
  podLabels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/name': jan.application },
});

/** Limits of one scrape, in Prometheus' words. A scrape beyond one of them fails as a whole, and alerts as a target that is down. */
export const limitsOf = (limits: { readonly samples: number; readonly labels: number; readonly bodySize: string }) => ({
  sample_limit: limits.samples,
  label_limit: limits.labels,
  body_size_limit: prometheusSize(limits.bodySize),
});

function discoveredTargets(jan: JanServer) {
  const wanted = jan.services.map(({ name, port }) => `${name};${port}`).join('|');
  return {
    kubernetes_sd_configs: [
      {
        role: 'endpointslice',
        namespaces: { names: [jan.namespace] },
        selectors: [{ role: 'endpointslice', label: `app.kubernetes.io/name=${jan.application}` }],
      },
    ],
    relabel_configs: [
      keep(
        ['__meta_kubernetes_endpointslice_label_app_kubernetes_io_component', '__meta_kubernetes_endpointslice_port'],
        wanted,
      ),
      RUNNING,
      copy('__meta_kubernetes_endpointslice_label_app_kubernetes_io_component', 'job'),
      copy('__meta_kubernetes_endpointslice_label_app_kubernetes_io_component', 'service'),
      ...POD_LABELS,
    ],
  };
}

const staticTargets = (jan: JanServer, domain: string) => ({
  static_configs: jan.services.map(({ name, port, service }) => ({
    targets: [`${service ?? `${jan.application}-${name}`}.${jan.namespace}.svc.${domain}:${port}`],
    labels: { job: name, namespace: jan.namespace, service: name },
  })),
});
