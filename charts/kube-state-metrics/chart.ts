import type { Construct } from 'constructs';
import type { Image } from '../../config/images';
import type { Config } from '../../config/load';
import { bytes, mebibytes } from '../../config/units';
import { ComponentChart } from '../../lib/component-chart';
import { API_TOKEN } from '../../lib/mount';
import type { Placement } from '../../lib/placement';
import { Workload } from '../../lib/workload';
import { addRole } from '../rights/roles';
import { watchedNamespaces } from '../watched';
import { type KubeStateMetricsEndpoints, kubeStateMetricsIdentity } from './endpoints';
import { OBJECTS } from './objects';

/** User `nobody` of the distroless image (kubernetes/kube-state-metrics, Dockerfile). */
const USER = 65534;

/** What the chart of kube-state-metrics is made from. */
export interface KubeStateMetricsProps {
  readonly config: Config;
  readonly image: Image;
  readonly placement: Placement;
  readonly own: KubeStateMetricsEndpoints;
}

/** kube-state-metrics for the namespaces of the stack and of Jan Server: it has Roles there, and no ClusterRole. */
export class KubeStateMetricsChart extends ComponentChart {
  constructor(scope: Construct, id: string, { config, image, placement, own }: KubeStateMetricsProps) {
    const { namespace, kubeStateMetrics } = config;
    super(scope, id, namespace);
    const { name } = own.party;
    addRole(this, 'objects', { name, namespace });
    new Workload(this, 'workload', {
      name,
      identity: kubeStateMetricsIdentity(namespace),
      placement,
      image,
      ports: [own.metrics],
      // Upstream asks for /livez when to restart it, which fails while the API server is away: a restart would mend nothing.
      probes: { endpoint: own.metrics, readyPath: '/livez', livePath: '/healthz', startSeconds: 60 },
      args: [
        `--port=${own.metrics.port}`,
        // Its own metrics are scraped by nobody.
        '--telemetry-host=127.0.0.1',
        `--resources=${Object.values(OBJECTS).flat().sort().join(',')}`,
        `--namespaces=${watchedNamespaces(config).join(',')}`,
      ],
      env: { GOMEMLIMIT: mebibytes(bytes(kubeStateMetrics.resources.memory) * 0.8) },
      user: USER,
      resources: kubeStateMetrics.resources,
      mounts: [API_TOKEN],
      stopSeconds: 10,
    });
  }
}
