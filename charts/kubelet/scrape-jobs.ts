import { API_TOKEN } from '../../lib/mount';
import type { ComponentParty } from '../../lib/parties';
import { METRICS } from '../../metrics/catalogue/index';
import { EMITTERS } from '../../metrics/emitters';
import { type Emitter, seriesOf } from '../../promql/metric';
import { type StackContext, watchedNamespaces } from '../shared/context';
import { copy, drop, keep, type Relabel } from '../shared/relabel';
import type { ScrapeJob } from '../shared/scrape-jobs';

/** Port of the kubelet (https://kubernetes.io/docs/reference/networking/ports-and-protocols/). */
const PORT = 10250;

/**
 * The kubelet of each node, and the cAdvisor inside it. The token is Prometheus' own; what it lets it read at a kubelet is
 * `nodes/metrics`, and not `nodes/proxy`, which would let it run commands in any pod.
 * @param verifies whether the kubelets' certificates are verified
 */
export function kubeletJobs(context: StackContext, verifies: boolean, client: ComponentParty): ScrapeJob[] {
  context.topology.connect({ client, server: context.nodes, port: PORT, protocol: 'TCP', purpose: 'scrape' });
  const ca = { ca_file: `${API_TOKEN.path}/ca.crt` };
  const common = {
    scheme: 'https',
    kubernetes_sd_configs: [{ role: 'node' }],
    authorization: { type: 'Bearer', credentials_file: `${API_TOKEN.path}/token` },
    tls_config: verifies ? ca : { insecure_skip_verify: true },
    relabel_configs: [copy('__meta_kubernetes_node_name', 'node')],
  };
  return [
    { job_name: 'kubelet', ...common, metric_relabel_configs: [...needed(context, EMITTERS.kubelet)] },
    {
      job_name: 'cadvisor',
      ...common,
      metrics_path: '/metrics/cadvisor',
      // cAdvisor gives samples times of its own, some of them twice: a container that is gone would then live on for five minutes.
      honor_timestamps: false,
      metric_relabel_configs: [
        ...needed(context, EMITTERS.cadvisor),
        // What has no namespace is a group of processes of the node, and each has all the metrics of a container.
        drop(['namespace', 'id'], ';/.+'),
      ],
    },
  ];
}

/**
 * The metrics of the catalogue, of the namespaces that are watched, and of the node itself: a kubelet serves thousands of series
 * about every pod of the cluster.
 */
const needed = (context: StackContext, emitter: Emitter): readonly Relabel[] => [
  keep(['__name__'], namesOf(emitter).join('|')),
  keep(['namespace'], ['', ...watchedNamespaces(context)].join('|')),
];

/** Names of the series of an emitter. */
const namesOf = (emitter: Emitter): string[] =>
  METRICS.filter((metric) => metric.emitter === emitter).flatMap((metric) => seriesOf(metric).map(([name]) => name));
