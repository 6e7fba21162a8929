/** Names and addresses in an environment, for its runbooks: from the components' ports and pods, and from the settings. */
import type { Alertmanager } from '../charts/alertmanager/chart';
import type { Collector } from '../charts/collector/chart';
import type { Part } from '../charts/common/part';
import type { ScrapeJob } from '../charts/common/scrape-jobs';
import type { Grafana } from '../charts/grafana/chart';
import type { Jaeger } from '../charts/jaeger/chart';
import { NAME as INDEX_CLEANER } from '../charts/jaeger/index-cleaner';
import type { Prometheus } from '../charts/prometheus/chart';
import type { Claims, Discovery, Places, Program, Ui } from '../content/runbooks/places';
import type { Endpoint } from '../lib/endpoint';
import type { ComponentParty } from '../lib/parties';
import type { Config } from './config';

const NAME = 'app.kubernetes.io/name';
const COMPONENT = 'app.kubernetes.io/component';

/** The components that runbooks refer to. */
export interface PlacedParts {
  readonly collector: Collector;
  readonly prometheus: Prometheus;
  readonly alertmanager: Alertmanager | null;
  readonly jaeger: Jaeger;
  readonly grafana: Grafana;
}

/** The names and addresses that the runbooks of an environment use. */
export function placesOf(config: Config, parts: PlacedParts): Places {
  const { namespace, janServer, jaeger: jaegerSettings, vllm } = config;
  const { collector, prometheus, alertmanager, jaeger, grafana } = parts;
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
  /** Jaeger's roles and its index cleaner have the same name label: only the component label distinguishes them. */
  const role = ({ podLabels }: ComponentParty): Program => ({
    title: 'Jaeger',
    namespace,
    selector: selectorOf(podLabels, jaeger.pods.length === 1 ? [NAME] : [NAME, COMPONENT]),
  });
  const { store, kafka, monitor } = jaegerSettings;
  return {
    environment: config.environment,
    namespace,
    intake: {
      service: `${collector.otlpGrpc.server.name}.${namespace}`,
      ports: [collector.otlpGrpc.port, collector.otlpHttp.port],
    },
    collector: program('the Collector', collector.otlpGrpc.server),
    capacity: config.capacity,
    metricsPath: config.collector.metricsPath,
    prometheus: ui('Prometheus', prometheus.http),
    prometheusAccount: `system:serviceaccount:${namespace}:${prometheus.account.name}`,
    discoveries: prometheus.jobs.flatMap(discoveriesOf),
    rules: { configMap: 'prometheus-rules', file: 'stack.yaml' },
    jaegerWriter: role(jaeger.writer),
    jaegerReader: { ...ui('Jaeger', jaeger.query), ...role(jaeger.query.server) },
    monitor,
    store: store.type,
    kafka: kafka !== null,
    indexCleaner: store.type === 'opensearch' || store.type === 'elasticsearch' ? INDEX_CLEANER : null,
    grafana: ui('Grafana', grafana.http),
    evaluatedBy: config.alerts.evaluatedBy,
    alertmanager: alertmanager === null ? null : ui('Alertmanager', alertmanager.http),
    outsideAlertmanagers: config.prometheus.alertmanagers.length > 0,
    claims: {
      collector: claimsOf(collector, 'queue'),
      prometheus: claimsOf(prometheus, 'data'),
      alertmanager: alertmanager && claimsOf(alertmanager, 'data'),
      jaeger: claimsOf(jaeger, null),
      grafana: claimsOf(grafana, null),
    },
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

/** The resources that a scrape job lists in Kubernetes. Nodes are cluster-scoped, and are left out. */
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

/**
 * The claim of a component, or those of its pods: a StatefulSet's claims are named after its volume and its pods.
 * @param volume name of that volume; null: it is not a StatefulSet with claims
 */
function claimsOf({ claim = null, pods = [] }: Part, volume: string | null): Claims | null {
  if (claim !== null) return { name: claim.name, each: false };
  const [pod] = pods;
  return volume === null || pod === undefined ? null : { name: `${volume}-${pod.name}`, each: true };
}
