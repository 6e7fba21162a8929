import type { Config } from '../../config/load';
import { PLATFORMS } from '../../config/platforms';
import { API_TOKEN } from '../../lib/mount';
import type { ComponentParty, Topology } from '../../lib/topology';
import { METRICS } from '../../metrics/catalogue/index';
import { EMITTERS } from '../../metrics/emitters';
import { type Emitter, seriesOf } from '../../promql/metric';
import { nodesOf } from '../nodes';
import { copy, drop, keep } from '../prometheus/relabel';
import type { ScrapeJob } from '../prometheus/scrape-jobs';
import { watchedNamespaces } from '../watched';

/** Port of the kubelet (https://kubernetes.io/docs/reference/networking/ports-and-protocols/). */
const PORT = 10250;

/** Whether the kubelets' certificates are verified: as it is said, or as the platform signs them. */
export const verifiesKubelets = ({ kubelet, platform }: Pick<Config, 'kubelet' | 'platform'>): boolean =>
  kubelet.verifyCertificates ?? PLATFORMS[platform].signsKubelets;

/**
 * The kubelet of each node, and the cAdvisor inside it. The token is Prometheus' own; what it lets it read at a kubelet is
 * `nodes/metrics`, and not `nodes/proxy`, which would let it run commands in any pod.
 */
export function kubeletJobs(config: Config, topology: Topology, client: ComponentParty): ScrapeJob[] {
  if (!config.kubelet.enabled) return [];
  topology.connect({ client, server: nodesOf(config), port: PORT, protocol: 'TCP', purpose: 'scrape' });
  const ca = { ca_file: `${API_TOKEN.path}/ca.crt` };
  const common = {
    scheme: 'https',
    kubernetes_sd_configs: [{ role: 'node' }],
    authorization: { type: 'Bearer', credentials_file: `${API_TOKEN.path}/token` },
    tls_config: verifiesKubelets(config) ? ca : { insecure_skip_verify: true },
    relabel_configs: [copy('__meta_kubernetes_node_name', 'node')],
  };
  return [
    { job_name: 'kubelet', ...common, metric_relabel_configs: [...needed(config, EMITTERS.kubelet)] },
    {
      job_name: 'cadvisor',
      ...common,
      metrics_path: '/metrics/cadvisor',
      // cAdvisor gives samples times of its own, some of them twice: a container that is gone would then live on for five minutes.
      honor_timestamps: false,
      metric_relabel_configs: [
        ...needed(config, EMITTERS.cadvisor),
        // What has no namespace is a group of processes of the node, and each has all the metrics of a container.
        drop(['namespace', 'id'], ';/.+'),
      ],
    },
  ];
}

/**
 * What the catalogue knows, of the namespaces that are watched, and of the node itself: a kubelet tells thousands of series
 * about every pod of the cluster.
 */
const needed = (config: Config, emitter: Emitter) => [
  keep(['__name__'], namesOf(emitter).join('|')),
  keep(['namespace'], ['', ...watchedNamespaces(config)].join('|')),
];

/** Names of the series of an emitter. */
const namesOf = (emitter: Emitter): string[] =>
  METRICS.filter((metric) => metric.emitter === emitter).flatMap((metric) => seriesOf(metric).map(([name]) => name));
