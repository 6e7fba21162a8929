import { API_TOKEN } from '../../lib/mount';
import type { ComponentParty } from '../../lib/parties';
import { METRICS } from '../../metrics/catalogue/index';
import { EMITTERS } from '../../metrics/emitters';
import { type Emitter, seriesOf } from '../../promql/metric';
import { type StackContext, watchedNamespaces } from '../common/context';
import { copy, drop, keep, type Relabel } from '../common/relabel';
import type { ScrapeJob } from '../common/scrape-jobs';

/** Port of the kubelet (https://kubernetes.io/docs/reference/networking/ports-and-protocols/). */
const PORT = 10250;

/**
 * The kubelet of each node, and its embedded cAdvisor. The token is Prometheus' own. It may read `nodes/metrics` at a kubelet, but not
 * `nodes/proxy`, which would allow commands in any pod.
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
      // cAdvisor sets its own timestamps, some of them twice. With them, a deleted container would have series for five more minutes.
      honor_timestamps: false,
      metric_relabel_configs: [
        ...needed(context, EMITTERS.cadvisor),
        // Series without a namespace belong to cgroups of the node, and each cgroup has all the metrics of a container.
        drop(['namespace', 'id'], ';/.+'),
      ],
    },
  ];
}

/**
 * Keeps the metrics of the catalogue, for the monitored namespaces and for the node itself: a kubelet serves thousands of series about the
 * pods of all namespaces.
 */
const needed = (context: StackContext, emitter: Emitter): readonly Relabel[] => [
  keep(['__name__'], namesOf(emitter).join('|')),
  keep(['namespace'], ['', ...watchedNamespaces(context)].join('|')),
];

/** A pattern for the names of an emitter's series. */
const namesOf = (emitter: Emitter): string[] =>
  METRICS.filter((metric) => metric.emitter === emitter).flatMap((metric) => seriesOf(metric).map(([name]) => name));
