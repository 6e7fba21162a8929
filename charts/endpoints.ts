import type { Config } from '../config/load';
import { PLATFORMS } from '../config/platforms';
import type { ComponentKey } from '../config/schema/overrides';
import { connectOutside, type Endpoint } from '../lib/endpoint';
import type { ApiServerParty, ComponentParty, Party, PodsParty, Topology } from '../lib/topology';
import { type AlertmanagerEndpoints, declareAlertmanager } from './alertmanager/endpoints';
import { type CollectorEndpoints, declareCollector } from './collector/endpoints';
import { declareGrafana, type GrafanaEndpoints } from './grafana/endpoints';
import { declareJaeger, type JaegerEndpoints } from './jaeger/endpoints';
import { declareKubeStateMetrics, type KubeStateMetricsEndpoints } from './kube-state-metrics/endpoints';
import { declarePrometheus, type PrometheusEndpoints } from './prometheus/endpoints';

/** The ports of all components. They are known before any configuration is made: components refer to each other both ways. */
export interface Endpoints {
  readonly collector: CollectorEndpoints;
  readonly prometheus: PrometheusEndpoints;
  /** Null where it is switched off. */
  readonly alertmanager: AlertmanagerEndpoints | null;
  readonly jaeger: JaegerEndpoints;
  readonly grafana: GrafanaEndpoints;
  /** Null where it is switched off. */
  readonly kubeStateMetrics: KubeStateMetricsEndpoints | null;
}

/** Adds every component to the graph. */
export const declareEndpoints = (topology: Topology, config: Config): Endpoints => ({
  collector: declareCollector(topology, config.namespace, config.collector),
  prometheus: declarePrometheus(topology, config.namespace),
  alertmanager: declareAlertmanager(topology, config.namespace, config.alertmanager),
  jaeger: declareJaeger(topology, config.namespace, config.jaeger),
  grafana: declareGrafana(topology, config.namespace, config.grafana),
  kubeStateMetrics: declareKubeStateMetrics(topology, config.namespace, config.kubeStateMetrics),
});

/** Jan Server's pods, as senders of spans and metrics; none where it is not in this cluster. */
export const janServerPods = ({ janServer }: Config): PodsParty[] =>
  janServer === null ? [] : [{ kind: 'pods', name: 'Jan Server', namespace: janServer.namespace, podLabels: {} }];

/** The API server, as pods reach it. */
const apiServer = ({ cluster }: Config): ApiServerParty => ({
  kind: 'apiServer',
  name: 'Kubernetes API',
  cidr: cluster.apiServer.cidr,
});

/** The edges that follow from the configuration, and from no component's own: discovery, and what the user allows. */
export function connectConfigured(topology: Topology, config: Config, endpoints: Endpoints): void {
  const { prometheus, collector, kubeStateMetrics } = endpoints;
  const discovers = [
    prometheus.party,
    ...(config.janServer === null ? [] : [collector.party]),
    ...(kubeStateMetrics === null ? [] : [kubeStateMetrics.party]),
  ];
  for (const client of discovers) {
    for (const port of config.cluster.apiServer.ports ?? PLATFORMS[config.platform].apiServerPorts) {
      topology.connect({ client, server: apiServer(config), port, protocol: 'TCP', purpose: 'discovery' });
    }
  }
  for (const { namespace, podLabels, to } of config.network.allowFrom) {
    const client: Party = { kind: 'pods', name: namespace, namespace, podLabels };
    for (const endpoint of openTo(endpoints)[to]) endpoint.allow(client, 'allowed by network.allowFrom');
  }
  for (const { from, host, port, cidr } of config.network.egress) {
    for (const client of partiesOf(endpoints)[from]) {
      connectOutside(topology, client, { host, port, cidr }, 'allowed by network.egress');
    }
  }
}

/** The ports of a component that outsiders use. */
const openTo = ({
  collector,
  prometheus,
  alertmanager,
  jaeger,
  grafana,
  kubeStateMetrics,
}: Endpoints): Record<ComponentKey, readonly Endpoint[]> => ({
  collector: [collector.otlpGrpc, collector.otlpHttp],
  prometheus: [prometheus.http],
  alertmanager: alertmanager === null ? [] : [alertmanager.http],
  jaeger: [jaeger.query],
  grafana: [grafana.http],
  kubeStateMetrics: kubeStateMetrics === null ? [] : [kubeStateMetrics.metrics],
});

/** The pods of a component that a patch may make connect elsewhere. */
const partiesOf = ({
  collector,
  prometheus,
  alertmanager,
  jaeger,
  grafana,
  kubeStateMetrics,
}: Endpoints): Record<ComponentKey, readonly ComponentParty[]> => ({
  collector: [collector.party],
  prometheus: [prometheus.party],
  alertmanager: alertmanager === null ? [] : [alertmanager.party],
  jaeger: jaeger.roles.map(({ party }) => party),
  grafana: [grafana.party],
  kubeStateMetrics: kubeStateMetrics === null ? [] : [kubeStateMetrics.party],
});
