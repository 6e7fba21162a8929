/** What works, and may not be what was meant. It is printed by `make synth`, and stops nothing. */

import { PLATFORMS } from '../config/platforms';
import { isCredential } from '../config/secrets';
import { isBefore, isVersion } from '../metrics/versions';
import type { Config } from './config';
import type { Settings } from './settings';

/** Something to know. */
export interface Warning {
  /** The field that decides it. */
  readonly path: string;
  /** What happens. */
  readonly what: string;
  /** How to have it otherwise, or how to say that it is meant. */
  readonly fix: string;
}

interface Condition extends Warning {
  readonly when: (settings: Settings) => boolean;
}

/** First release whose query API no longer answers /api/services and /api/traces (jaegertracing/jaeger#9260). */
const JAEGER_WITHOUT_V1_API = '2.21.0';

/** URLs that may be credentials, by the field that has no key of a Secret in their place. */
const URLS: Readonly<Record<string, (settings: Settings) => readonly string[]>> = {
  'prometheus.remoteWrite': ({ prometheus }) => prometheus.remoteWrite.map(({ url }) => url),
  'prometheus.query.url': ({ prometheus: { query } }) => (query === null ? [] : [query.url]),
  'prometheus.alertmanagers': ({ prometheus }) => prometheus.alertmanagers.map(({ url }) => url),
  'collector.otlpMetrics': ({ collector }) => collector.otlpMetrics.map(({ url }) => url),
  'jaeger.store.urls': ({ jaeger: { store } }) => ('urls' in store ? store.urls : []),
};

/** Every warning that there is, with its condition. */
export const WARNINGS: readonly Condition[] = [
  {
    when: ({ prometheus }) => prometheus.replicas > 1 && prometheus.query === null,
    path: 'prometheus.query',
    what: 'two Prometheus scrape at moments of their own; Grafana keeps to one of them, and its graphs jump when it must change to the other',
    fix: 'prometheus.query: {url} of a store that makes one series of both, as Mimir or Thanos Query',
  },
  {
    when: ({ kubelet, platform }) =>
      kubelet.enabled && kubelet.verifyCertificates === null && !PLATFORMS[platform].signsKubelets,
    path: 'kubelet.verifyCertificates',
    what: "the kubelets' certificates are not verified, as this platform lets them sign their own: who answers at a node's address gets the token of Prometheus, which reads metrics of nodes and lists pods",
    fix: 'kubelet.verifyCertificates: true where the cluster signs them (serverTLSBootstrap), or false where this is meant',
  },
  {
    when: ({ images: { jaeger } }) =>
      jaeger.tag !== null && isVersion(jaeger.tag) && !isBefore(jaeger.tag, JAEGER_WITHOUT_V1_API),
    path: 'images.jaeger.tag',
    what: "Jaeger after 2.20 answers 404 on /api/services and /api/traces, which Grafana's Jaeger datasource asks: dashboards and Explore find no traces",
    fix: 'images.jaeger.tag: 2.20.0',
  },
  ...Object.entries(URLS).map(([path, urlsOf]) => ({
    when: (settings: Settings) => urlsOf(settings).some(isCredential),
    path,
    what: 'a part of the path of a URL looks like a credential; it can be read in dist/ and in a ConfigMap',
    fix: 'a URL without it, and basicAuth or bearerTokenSecret where the store takes them; if the part only names a tenant, all is well',
  })),
];

/** What is worth knowing of these settings. */
export const warningsOf = (settings: Settings): Warning[] => WARNINGS.filter(({ when }) => when(settings));

/** The warnings of an environment, as they are printed: empty where there are none. */
export const warningText = (config: Config): string =>
  warningsOf(config)
    .map(
      ({ path, what, fix }) =>
        `warning  environments/${config.environment}.yaml  ${path}\n    what  ${what}\n    fix   ${fix}\n`,
    )
    .join('');
