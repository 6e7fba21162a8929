import { type Endpoint, PORTS } from '../../lib/endpoint';
import { selectorLabels } from '../../lib/labels';
import type { ComponentParty } from '../../lib/parties';
import { Workload } from '../../lib/workload';
import { type StackContext, watchedNamespaces } from '../common/context';
import { limitGoMemory } from '../common/go-memory';
import { accountOf, identityOf, PartChart } from '../common/part-chart';
import { addRole, type Grant, type Right } from '../common/roles';
import { exporterJob, type ScrapeJob } from '../common/scrape-jobs';
import type { KubeStateMetricsSettings } from './schema';

/** User `nobody` of the distroless image (kubernetes/kube-state-metrics, Dockerfile). */
const USER = 65534;

/**
 * The kinds of objects whose state becomes metrics, by API group: those that alerts and panels use. Secrets and ConfigMaps are not among
 * them.
 */
const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  '': ['persistentvolumeclaims', 'pods'],
  apps: ['daemonsets', 'deployments', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
};

/** The right to watch these objects, in each namespace. */
const WATCH: Right = {
  purpose: 'objects',
  rules: Object.entries(OBJECTS).map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources],
    verbs: ['list', 'watch'],
  })),
};

/** kube-state-metrics for the namespaces of the stack and of the applications: it has Roles there, but no ClusterRole. */
export class KubeStateMetrics extends PartChart {
  readonly #party: ComponentParty;
  /** Metrics about the cluster's objects, and its health. */
  readonly metrics: Endpoint;

  constructor(
    context: StackContext,
    readonly settings: KubeStateMetricsSettings,
  ) {
    super(context, '70-kube-state-metrics');
    this.#party = context.topology.component('kube-state-metrics', selectorLabels(this.#identity));
    this.metrics = context.topology.endpoint(this.#party, PORTS.kubeStateMetrics);
  }

  get #identity() {
    return identityOf(this.context, 'kube-state-metrics', 'exporter');
  }

  get ingressPorts(): readonly Endpoint[] {
    return [this.metrics];
  }

  get pods(): readonly ComponentParty[] {
    return [this.#party];
  }

  scrapeJobs(client: ComponentParty): readonly ScrapeJob[] {
    return [exporterJob('kube-state-metrics', this.context.namespace, this.metrics, client)];
  }

  grants(): readonly Grant[] {
    const grant = { account: this.#party.name, right: WATCH };
    return this.context.applications.map(({ namespace, folder }) => ({ ...grant, namespace, folder }));
  }

  render(): void {
    const { resources } = this.settings;
    addRole(this, WATCH, accountOf(this.context, this.#party));
    const pod = this.pod({
      party: this.#party,
      identity: this.#identity,
      image: this.context.image('kubeStateMetrics'),
      user: USER,
      resources,
      stopSeconds: 10,
    });
    pod.useApiServer(this.context.apiServer);
    limitGoMemory(pod);
    pod.args(
      `--port=${this.metrics.port}`,
      // The metrics about itself are not scraped.
      '--telemetry-host=127.0.0.1',
      `--resources=${Object.values(OBJECTS).flat().sort().join(',')}`,
      `--namespaces=${watchedNamespaces(this.context).join(',')}`,
    );
    new Workload(this, 'workload', pod, {
      ports: [this.metrics],
      // Upstream uses /livez for the liveness probe. It fails while the API server is unreachable, and a restart would not help.
      probes: { endpoint: this.metrics, readyPath: '/livez', livePath: '/healthz', startSeconds: 60 },
    });
  }
}
