import type { ComponentParty, PodsParty } from '../../lib/parties';
import type { StackContext } from '../common/context';
import { copy, keep, POD_LABELS, RUNNING } from '../common/relabel';
import { limitsOf, type ScrapeJob } from '../common/scrape-jobs';
import { WITHOUT_MADE_UP_LABELS } from './client-labels';
import type { JanServerSettings } from './schema';

/** The settings of Jan Server, with all defaults. */
type JanServer = NonNullable<JanServerSettings>;

/** Jan Server's services: found by EndpointSlices in its namespace, or by the names of its Services. */
export function janServerJobs(
  { topology, cluster }: StackContext,
  jan: JanServer,
  client: ComponentParty,
): ScrapeJob[] {
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
  const targets = jan.discovery === 'static' ? staticTargets(jan, cluster.domain) : discoveredTargets(jan);
  return [{ ...bounded, ...targets, metric_relabel_configs: WITHOUT_MADE_UP_LABELS }];
}

/** One of Jan Server's services, as an end of an edge. */
const janService = (jan: JanServer, component: string): PodsParty => ({
  kind: 'pods',
  name: component,
  namespace: jan.namespace,
  podLabels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/name': jan.application },
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
