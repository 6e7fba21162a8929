import { PLATFORMS } from '../config/platforms';
import { isCredential } from '../config/secrets';

/** Likely mistakes. `make synth` prints them and continues. */
import { isBefore, isVersion } from '../metrics/versions';
import type { Config } from './config';
import type { Settings } from './settings';

/** A likely mistake. */
export interface Warning {
  /** The field that causes it. */
  readonly path: string;
  /** What happens. */
  readonly what: string;
  /** How to change it, or how to confirm that it is intended. */
  readonly fix: string;
}

interface Condition extends Warning {
  readonly when: (settings: Settings) => boolean;
}

/** First release whose query API no longer answers /api/services and /api/traces (jaegertracing/jaeger#9260). */
const JAEGER_WITHOUT_V1_API = '2.21.0';

/** URLs that may contain credentials, by the field that cannot be a reference to a Secret. */
const URLS: Readonly<Record<string, (settings: Settings) => readonly string[]>> = {
  'prometheus.remoteWrite': ({ prometheus }) => prometheus.remoteWrite.map(({ url }) => url),
  'prometheus.query.url': ({ prometheus: { query } }) => (query === null ? [] : [query.url]),
  'prometheus.alertmanagers': ({ prometheus }) => prometheus.alertmanagers.map(({ url }) => url),
  'collector.otlpMetrics': ({ collector }) => collector.otlpMetrics.map(({ url }) => url),
  'jaeger.store.urls': ({ jaeger: { store } }) => ('urls' in store ? store.urls : []),
};

/** Every warning with its condition. */
export const WARNINGS: readonly Condition[] = [
  {
    when: ({ prometheus }) => prometheus.replicas > 1 && prometheus.query === null,
    path: 'prometheus.query',
    what: 'two Prometheus replicas scrape at different moments; Grafana uses one of them, and its graphs jump when it has to switch to the other',
    fix: 'prometheus.query: {url} of a store that deduplicates both, such as Mimir or Thanos Query',
  },
  {
    when: ({ kubelet, platform }) =>
      kubelet.enabled && kubelet.verifyCertificates === null && !PLATFORMS[platform].signsKubelets,
    path: 'kubelet.verifyCertificates',
    what: "the kubelets' certificates are not verified, because kubelets sign their own on this platform: another server at a node's address would receive Prometheus' token, which can read metrics of nodes and list pods",
    fix: 'kubelet.verifyCertificates: true if the cluster signs them (serverTLSBootstrap), or false if this is intended',
  },
  {
    when: ({ images: { jaeger } }) =>
      jaeger.tag !== null && isVersion(jaeger.tag) && !isBefore(jaeger.tag, JAEGER_WITHOUT_V1_API),
    path: 'images.jaeger.tag',
    what: "Jaeger after 2.20 answers 404 on /api/services and /api/traces, which Grafana's Jaeger data source uses: dashboards and Explore find no traces",
    fix: 'images.jaeger.tag: 2.20.0',
  },
  ...Object.entries(URLS).map(([path, urlsOf]) => ({
    when: (settings: Settings) => urlsOf(settings).some(isCredential),
    path,
    what: 'a part of the path of a URL looks like a credential; it is readable in dist/ and in a ConfigMap',
    fix: 'a URL without it, with basicAuth or bearerTokenSecret if the store supports them; if the part is only the name of a tenant, ignore this warning',
  })),
];

/** The warnings about these settings. */
export const warningsOf = (settings: Settings): Warning[] => WARNINGS.filter(({ when }) => when(settings));

/** The warnings of an environment as printed; empty if there are none. */
export const warningText = (config: Config): string =>
  warningsOf(config)
    .map(
      ({ path, what, fix }) =>
        `warning  environments/${config.environment}.yaml  ${path}\n    what  ${what}\n    fix   ${fix}\n`,
    )
    .join('');
