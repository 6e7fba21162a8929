/**
 * Every image with its version. The README's table of versions is generated from here, and a test compares the two.
 */
import type { Image } from '../lib/image';

export type { Image };

/** An image: its version and its origin. */
export interface ImageSource {
  /** What it is, for the description of its key. */
  readonly title: string;
  /** Registry that publishes it. */
  readonly registry: string;
  /** Repository below the registry. */
  readonly repository: string;
  /** Tag that is shipped. Its multi-architecture index has amd64 and arm64. */
  readonly tag: string;
  /** Digest of the tag's multi-architecture index, `sha256:…`; null: pulled by tag, and pinned by `images.<component>.digest`. */
  readonly digest: string | null;
  /** Page of the release. */
  readonly upstream: string;
}

const DOCKER_HUB = 'docker.io';

/** The images of the stack. */
export const IMAGES = {
  collector: {
    title: "the Collector's image",
    registry: DOCKER_HUB,
    repository: 'otel/opentelemetry-collector-contrib',
    tag: '0.155.0',
    digest: null,
    upstream: 'https://github.com/open-telemetry/opentelemetry-collector-releases/releases/tag/v0.155.0',
  },
  prometheus: {
    title: "Prometheus' image",
    registry: DOCKER_HUB,
    repository: 'prom/prometheus',
    tag: 'v3.16.0',
    digest: null,
    upstream: 'https://github.com/prometheus/prometheus/releases/tag/v3.16.0',
  },
  alertmanager: {
    title: "Alertmanager's image",
    registry: DOCKER_HUB,
    repository: 'prom/alertmanager',
    tag: 'v0.34.2',
    digest: null,
    upstream: 'https://github.com/prometheus/alertmanager/releases/tag/v0.34.2',
  },
  // Not newer than 2.20: the next release answers 404 on /api/services and /api/traces (jaegertracing/jaeger#9260), which Grafana's
  // Jaeger data source uses.
  jaeger: {
    title: "Jaeger's image",
    registry: DOCKER_HUB,
    repository: 'jaegertracing/jaeger',
    tag: '2.20.0',
    digest: null,
    upstream: 'https://github.com/jaegertracing/jaeger/releases/tag/v2.20.0',
  },
  jaegerIndexCleaner: {
    title: "the image that deletes Jaeger's old indices",
    registry: DOCKER_HUB,
    repository: 'jaegertracing/jaeger-es-index-cleaner',
    tag: '2.20.0',
    digest: null,
    upstream: 'https://github.com/jaegertracing/jaeger/releases/tag/v2.20.0',
  },
  grafana: {
    title: "Grafana's image",
    registry: DOCKER_HUB,
    repository: 'grafana/grafana',
    tag: '13.2.1',
    digest: null,
    upstream: 'https://github.com/grafana/grafana/releases/tag/v13.2.1',
  },
  kubeStateMetrics: {
    title: 'the image of kube-state-metrics',
    registry: 'registry.k8s.io',
    repository: 'kube-state-metrics/kube-state-metrics',
    tag: 'v2.18.0',
    digest: null,
    upstream: 'https://github.com/kubernetes/kube-state-metrics/releases/tag/v2.18.0',
  },
  nodeExporter: {
    title: 'the image of node-exporter',
    registry: DOCKER_HUB,
    repository: 'prom/node-exporter',
    tag: 'v1.12.1',
    digest: null,
    upstream: 'https://github.com/prometheus/node_exporter/releases/tag/v1.12.1',
  },
  // Alpine's shell and tar, and SQLite's own backup as Python's sqlite3 module calls it.
  backupTools: {
    title: 'the image whose pods copy data for a backup',
    registry: DOCKER_HUB,
    repository: 'library/python',
    tag: '3.14.6-alpine',
    digest: null,
    upstream: 'https://github.com/docker-library/python',
  },
  backupStore: {
    title: 'the image that stores scheduled backups (rclone)',
    registry: DOCKER_HUB,
    repository: 'rclone/rclone',
    tag: '1.76.0',
    digest: null,
    upstream: 'https://github.com/rclone/rclone/releases/tag/v1.76.0',
  },
} as const satisfies Readonly<Record<string, ImageSource>>;

/** What has an image: each component, and helpers. */
export type ImageKey = keyof typeof IMAGES;

/** Overrides of one image. */
interface ImageOverride {
  readonly registry: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
}

/** Overrides of the images, complete; `registry` is that of all of them. */
export type ImagesConfig = Readonly<Record<ImageKey, ImageOverride>> & { readonly registry: string | null };

/** The image of a component, with the overrides of the configuration. */
export function imageOf(component: ImageKey, overrides: ImagesConfig): Image {
  const source: ImageSource = IMAGES[component];
  const { registry, tag, digest } = overrides[component];
  const version = tag ?? source.tag;
  // The digest of the table belongs to the tag of the table.
  const pinned = digest ?? (tag === null ? source.digest : null);
  const suffix = pinned === null ? '' : `@${pinned}`;
  const from = registry ?? overrides.registry ?? source.registry;
  return { reference: `${from}/${source.repository}:${version}${suffix}`, version };
}
