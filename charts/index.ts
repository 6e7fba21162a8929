/** The table of contents: what the stack consists of, a line a component. */
import { join } from 'node:path';
import { App } from 'cdk8s';
import { imageOf } from '../config/images';
import type { Config } from '../config/load';
import { type EnvironmentRules, environmentRules } from '../content/alerts/environment';
import type { Places } from '../content/runbooks/places';
import { writeManifests } from '../lib/manifests';
import { OPERATOR, Topology } from '../lib/topology';
import { AlertmanagerChart } from './alertmanager/chart';
import { checkStack } from './checks/stack';
import { CollectorChart } from './collector/chart';
import { connectConfigured, declareEndpoints, janServerPods } from './endpoints';
import { GrafanaChart } from './grafana/chart';
import { JaegerChart } from './jaeger/chart';
import { addKept } from './keep';
import { KubeStateMetricsChart } from './kube-state-metrics/chart';
import { NetworkChart } from './network/chart';
import { NodeExporterChart } from './node-exporter/chart';
import { applyPatches } from './patches';
import { placesOf } from './places';
import { PrometheusChart } from './prometheus/chart';
import { ownJobs, serverConfig } from './prometheus/server-config';
import { OutsideRightsChart, outsideRights } from './rights/outside';
import { placementOf } from './scheduling/chart';

/** The Apps of one environment. Each writes a folder of its own, because `kubectl apply -f` does not descend. */
export interface Stack {
  /** The programs, their configuration and their network policies. */
  readonly workloads: App;
  /** What outlives them: the Namespace and the claims. */
  readonly keep: App;
  /** What lives in namespaces that are not ours: Jan Server's, and those of model servers. */
  readonly outside: readonly OutsideApp[];
  /** Who connects to whom. */
  readonly topology: Topology;
  /** What is evaluated, and what is known of metrics. */
  readonly rules: EnvironmentRules;
  /** Where things are, for the runbooks. */
  readonly places: Places;
}

/** What lives in one namespace that is not ours. */
export interface OutsideApp {
  readonly namespace: string;
  readonly app: App;
}

/**
 * Builds everything for one environment.
 * @param outdir folder that the environment is written to
 * @throws ConfigError where a patch does not apply
 * @throws Error where what was built contradicts itself: an address without an edge, a port nobody uses, an object twice
 */
export function buildStack(config: Config, outdir: string): Stack {
  const topology = new Topology(config.cluster.domain);
  const endpoints = declareEndpoints(topology, config);
  const { collector, prometheus, alertmanager, jaeger, grafana, kubeStateMetrics } = endpoints;
  const image = (component: Parameters<typeof imageOf>[0]) => imageOf(component, config.images);
  const jan = janServerPods(config);

  const keep = new App({ outdir: join(outdir, 'keep') });
  const account = { name: prometheus.party.name, namespace: config.namespace };
  addKept(keep, config, account);
  const placement = placementOf(config);

  const workloads = new App({ outdir });
  new CollectorChart(workloads, '20-collector', {
    config,
    image: image('collector'),
    placement,
    topology,
    own: collector,
    jaeger,
    prometheus,
    senders: [...jan, OPERATOR],
  });
  const settings = serverConfig(config, { topology, own: prometheus, ...endpoints });
  const rules = environmentRules(config, ownJobs(settings));
  const places = placesOf(config, endpoints, settings.scrape_configs);
  new PrometheusChart(workloads, '30-prometheus', {
    config,
    image: image('prometheus'),
    placement,
    own: prometheus,
    settings,
    groups: rules.groups,
  });
  new JaegerChart(workloads, '40-jaeger', {
    config,
    image: image('jaeger'),
    cleanerImage: image('jaegerIndexCleaner'),
    placement,
    topology,
    own: jaeger,
    prometheus,
    samplers: [...jan, OPERATOR],
  });
  new GrafanaChart(workloads, '50-grafana', {
    config,
    image: image('grafana'),
    placement,
    topology,
    own: grafana,
    prometheus,
    alertmanager,
    jaeger,
    rules,
    places,
  });
  if (alertmanager !== null) {
    const own = { topology, own: alertmanager };
    new AlertmanagerChart(workloads, '60-alertmanager', { config, image: image('alertmanager'), placement, ...own });
  }
  if (kubeStateMetrics !== null) {
    const own = { image: image('kubeStateMetrics'), own: kubeStateMetrics };
    new KubeStateMetricsChart(workloads, '70-kube-state-metrics', { config, placement, ...own });
  }
  if (config.nodeExporter.enabled) {
    const own = { image: image('nodeExporter'), prometheus: account };
    new NodeExporterChart(workloads, '80-node-exporter', { config, placement, ...own });
  }
  connectConfigured(topology, config, endpoints);
  new NetworkChart(workloads, '10-network', config, topology);

  const outside = outsideRights(config, endpoints).map((rights) => {
    const app = new App({ outdir: join(outdir, rights.folder) });
    new OutsideRightsChart(app, '20-roles', rights, config.namespace);
    return { namespace: rights.namespace, app };
  });

  const stack = { workloads, keep, outside, topology, rules, places };
  applyPatches(appsOf(stack), config.patches, `environments/${config.environment}.yaml`);
  checkStack(config.environment, appsOf(stack), topology, rules.problems());
  return stack;
}

/** All Apps of a stack. */
export const appsOf = ({ keep, workloads, outside }: Pick<Stack, 'keep' | 'workloads' | 'outside'>): App[] => [
  keep,
  workloads,
  ...outside.map(({ app }) => app),
];

/** Writes what was built. */
export function synthStack(stack: Stack): void {
  for (const app of appsOf(stack)) writeManifests(app);
}
