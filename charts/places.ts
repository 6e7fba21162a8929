/** Where things are in an environment, for its runbooks: from the endpoints, and from the settings that move something. */
import type { Config } from '../config/load';
import type { Claims, Discovery, Places, Program, Ui } from '../content/runbooks/places';
import type { Endpoint } from '../lib/endpoint';
import type { ComponentParty } from '../lib/topology';
import type { Endpoints } from './endpoints';
import { NAME as INDEX_CLEANER } from './jaeger/index-cleaner';
import type { ScrapeJob } from './prometheus/scrape-jobs';
import { CLAIMS, storageProps } from './storage/chart';

const NAME = 'app.kubernetes.io/name';
const COMPONENT = 'app.kubernetes.io/component';

/**
 * The places that the runbooks of an environment name.
 * @param jobs what Prometheus scrapes
 */
export function placesOf(config: Config, endpoints: Endpoints, jobs: readonly ScrapeJob[]): Places {
  const { namespace, janServer, jaeger, vllm } = config;
  const { collector, prometheus, alertmanager, grafana } = endpoints;
  const program = (title: string, { podLabels }: ComponentParty): Program => ({
    title,
    namespace,
    selector: selectorOf(podLabels, [NAME]),
  });
  const ui = (title: string, { server, port }: Endpoint): Ui => ({
    ...program(title, server),
    service: server.name,
    port,
  });
  const { writer, reader, roles, query } = endpoints.jaeger;
  /** Jaeger's roles, and its cleaner of indices, have one name: only the component tells them apart. */
  const role = ({ podLabels }: ComponentParty): Program => ({
    title: 'Jaeger',
    namespace,
    selector: selectorOf(podLabels, roles.length === 1 ? [NAME] : [NAME, COMPONENT]),
  });
  return {
    environment: config.environment,
    namespace,
    intake: {
      service: `${collector.party.name}.${namespace}`,
      ports: [collector.otlpGrpc.port, collector.otlpHttp.port],
    },
    collector: program('the Collector', collector.party),
    metricsPath: config.collector.metricsPath,
    prometheus: ui('Prometheus', prometheus.http),
    prometheusAccount: `system:serviceaccount:${namespace}:${prometheus.party.name}`,
    discoveries: jobs.flatMap(discoveriesOf),
    rules: { configMap: 'prometheus-rules', file: 'stack.yaml' },
    jaegerWriter: role(writer.party),
    jaegerReader: { ...ui('Jaeger', query), ...role(reader.party) },
    monitor: jaeger.monitor,
    store: jaeger.store.type,
    kafka: jaeger.kafka !== null,
    indexCleaner: jaeger.store.type === 'opensearch' || jaeger.store.type === 'elasticsearch' ? INDEX_CLEANER : null,
    grafana: ui('Grafana', grafana.http),
    evaluatedBy: config.alerts.evaluatedBy,
    alertmanager: alertmanager === null ? null : ui('Alertmanager', alertmanager.http),
    outsideAlertmanagers: config.prometheus.alertmanagers.length > 0,
    claims: claimsOf(config, endpoints),
    janServer: janServer && { namespace: janServer.namespace, application: janServer.application },
    vllm: vllm && {
      title: 'vLLM',
      namespace: vllm.namespace,
      selector: selectorOf(vllm.podLabels, Object.keys(vllm.podLabels)),
    },
  };
}

/** Selects pods by some of their labels. */
const selectorOf = (labels: Readonly<Record<string, string>>, names: readonly string[]): string =>
  names.map((name) => `${name}=${labels[name]}`).join(',');

/** What a scrape job lists in Kubernetes. Nodes are in no namespace, and are left out. */
function discoveriesOf({ kubernetes_sd_configs: found = [] }: ScrapeJob): Discovery[] {
  const configs = found as readonly {
    readonly role: string;
    readonly namespaces?: { readonly names: readonly string[] };
  }[];
  return configs.flatMap(({ role, namespaces }) =>
    (namespaces?.names ?? []).map((namespace) => ({ resource: role === 'pod' ? 'pods' : SLICES, namespace })),
  );
}
const SLICES = 'endpointslices.discovery.k8s.io';

/** A StatefulSet's claims are named for its volume and its pods. */
function claimsOf(config: Config, { collector, prometheus, alertmanager }: Endpoints): Places['claims'] {
  const { sizes } = storageProps(config);
  const one = (key: keyof typeof CLAIMS): Claims | null =>
    sizes[key] === undefined ? null : { name: CLAIMS[key], each: false };
  const claims = (
    key: 'collector' | 'prometheus' | 'alertmanager',
    volume: string,
    { name }: ComponentParty,
  ): Claims | null => (config[key].replicas === 1 ? one(key) : { name: `${volume}-${name}`, each: true });
  return {
    collector: claims('collector', 'queue', collector.party),
    prometheus: claims('prometheus', 'data', prometheus.party),
    alertmanager: alertmanager && claims('alertmanager', 'data', alertmanager.party),
    jaeger: one('jaeger'),
    grafana: one('grafana'),
  };
}
