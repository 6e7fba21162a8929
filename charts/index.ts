/** The table of contents: what the stack consists of, a line a component. */
import { join } from 'node:path';
import { App } from 'cdk8s';
import { imageOf } from '../config/images';
import type { Config } from '../config/load';
import { OPERATOR, Topology } from '../lib/topology';
import { AlertmanagerChart } from './alertmanager/chart';
import { type EnvironmentRules, environmentRules } from './alerts/environment';
import { unreachableAddresses } from './checks/addresses';
import { manifestsOf } from './checks/manifest';
import { objectProblems } from './checks/objects';
import { CollectorChart } from './collector/chart';
import { connectConfigured, declareEndpoints, janServerPods } from './endpoints';
import { GrafanaChart } from './grafana/chart';
import { JaegerChart } from './jaeger/chart';
import { JanServerChart } from './jan-server/chart';
import { NamespaceChart } from './namespace/chart';
import { NetworkChart } from './network/chart';
import { applyPatches } from './patches';
import { PrometheusChart } from './prometheus/chart';
import { ownJobs, serverConfig } from './prometheus/server-config';
import { PriorityChart, placementOf } from './scheduling/chart';
import { StorageChart, storageProps } from './storage/chart';

/** The Apps of one environment. Each writes a folder of its own, because `kubectl apply -f` does not descend. */
export interface Stack {
  /** The programs, their configuration and their network policies. */
  readonly workloads: App;
  /** What outlives them: the Namespace and the claims. */
  readonly keep: App;
  /** What lives in Jan Server's namespace; null without Jan Server. */
  readonly janServer: App | null;
  /** Who connects to whom. */
  readonly topology: Topology;
  /** What is evaluated, and what is known of metrics. */
  readonly rules: EnvironmentRules;
}

/**
 * Builds everything for one environment.
 * @param outdir folder that the environment is written to
 * @throws ConfigError where a patch does not apply
 * @throws Error where what was built contradicts itself: an address without an edge, a port nobody uses, an object twice
 */
export function buildStack(config: Config, outdir: string): Stack {
  const topology = new Topology();
  const endpoints = declareEndpoints(topology, config);
  const { collector, prometheus, alertmanager, jaeger, grafana } = endpoints;
  const image = (component: Parameters<typeof imageOf>[0]) => imageOf(component, config.images);
  const jan = janServerPods(config);

  const keep = new App({ outdir: join(outdir, 'keep') });
  new NamespaceChart(keep, '00-namespace', config.namespace);
  const storage = storageProps(config);
  // No file at all, rather than an empty one.
  if (Object.values(storage.sizes).some((size) => size !== undefined)) new StorageChart(keep, '10-storage', storage);
  const placement = placementOf(config);
  if (placement.priorityClassName !== null) new PriorityChart(keep, '05-priority', config);

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
  const settings = serverConfig(config, { topology, own: prometheus, collector, jaeger, grafana, alertmanager });
  const rules = environmentRules(config, ownJobs(settings));
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
  });
  if (alertmanager !== null) {
    const own = alertmanager;
    const given = { config, image: image('alertmanager'), placement, topology, own };
    new AlertmanagerChart(workloads, '60-alertmanager', given);
  }
  connectConfigured(topology, config, endpoints);
  new NetworkChart(workloads, '10-network', config, topology);

  const janServer = config.janServer === null ? null : new App({ outdir: join(outdir, 'jan-server') });
  if (config.janServer !== null && janServer !== null) {
    new JanServerChart(janServer, '20-roles', {
      janNamespace: config.janServer.namespace,
      namespace: config.namespace,
      prometheus: config.janServer.discovery === 'kubernetes' ? prometheus.party.name : null,
      collector: collector.party.name,
    });
  }

  const apps = [keep, workloads, ...(janServer === null ? [] : [janServer])];
  applyPatches(apps, config.patches, `environments/${config.environment}.yaml`);
  checkStack(config.environment, apps, topology, rules.problems());
  return { workloads, keep, janServer, topology, rules };
}

/** Writes what was built. */
export function synthStack({ workloads, keep, janServer }: Stack): void {
  for (const app of [keep, workloads, janServer]) app?.synth();
}

function checkStack(environment: string, apps: readonly App[], topology: Topology, contract: readonly string[]): void {
  const manifests = manifestsOf(apps);
  const used = new Set(topology.edges.map(({ server, port }) => `${server.name}:${port}`));
  const unused = topology.endpoints.filter(({ server, port }) => !used.has(`${server.name}:${port}`));
  const problems = [
    ...contract,
    ...objectProblems(manifests),
    ...unreachableAddresses(manifests, topology.edges),
    ...unused.map(
      ({ server, name, port }) => `${server.name} opens port ${port} (${name}), and nobody connects to it.`,
    ),
  ];
  if (problems.length > 0) throw new StackError(environment, problems);
}

/** What was built contradicts itself. Its message is meant to be printed as it is. */
export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(environment: string, problems: readonly string[]) {
    super(
      `Environment ${environment} cannot be rendered:\n${problems.map((problem) => `  ${problem.replaceAll('\n', '\n  ')}`).join('\n')}`,
    );
  }
}
