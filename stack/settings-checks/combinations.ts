import { AUTOPILOT_EPHEMERAL_BYTES } from '../../config/platforms';
import type { Unplaced } from '../../config/problems';
import { bytes } from '../../config/units';
import { SAMPLES_PER_SERIES } from '../../metrics/span-metrics';
import type { Settings } from '../settings';

/** Combinations of settings that cannot work: more than one replica of something, or a feature that a platform does not have. */

/** A combination that is an error. */
interface Conflict extends Unplaced {
  readonly when: (settings: Settings) => boolean;
}

const CONFLICTS: readonly Conflict[] = [
  {
    when: ({ prometheus, collector }) => prometheus.replicas > 1 && collector.metricsPath === 'otlp',
    path: 'prometheus.replicas',
    allowed:
      '1 with collector.metricsPath otlp: each push reaches only one of the replicas, so each would have a part of the series',
    fix: 'collector.metricsPath: scrape, or prometheus.replicas: 1, or push to a long-term store with collector.otlpMetrics',
  },
  {
    // Otherwise one pod with unbounded span names would fail the scrape of all span metrics.
    when: ({ collector, prometheus }) =>
      collector.metricsPath === 'scrape' &&
      collector.spanMetrics.cardinalityLimit * SAMPLES_PER_SERIES > prometheus.limits.samples,
    path: 'collector.spanMetrics.cardinalityLimit',
    allowed: `at most prometheus.limits.samples / ${SAMPLES_PER_SERIES}: each series is ${SAMPLES_PER_SERIES} samples, and a scrape beyond the limit fails as a whole`,
    fix: `a lower limit, or prometheus.limits.samples: at least ${SAMPLES_PER_SERIES} times as many`,
  },
  {
    when: ({ collector: { pii, piiSaltSecret } }) => pii === 'full' && piiSaltSecret !== null,
    path: 'collector.piiSaltSecret',
    allowed: 'null with collector.pii full, which hashes nothing',
    fix: 'collector.pii: hashed, or remove collector.piiSaltSecret',
  },
  {
    when: ({ jaeger }) => jaeger.store.type === 'badger' && (jaeger.replicas > 1 || jaeger.query.replicas > 1),
    path: 'jaeger.replicas',
    allowed: '1 with jaeger.store badger, a directory that only one process can open',
    fix: 'jaeger.store: {type: opensearch, urls: [...]}, or one replica',
  },
  {
    when: ({ jaeger }) => jaeger.store.type === 'badger' && jaeger.kafka !== null,
    path: 'jaeger.kafka',
    allowed: 'Kafka only with a store that several processes can write to; badger is embedded in a single Jaeger',
    fix: 'jaeger.store: {type: opensearch, urls: [...]}, or remove jaeger.kafka',
  },
  {
    when: ({ jaeger }) => jaeger.store.type !== 'badger' && jaeger.syncWrites,
    path: 'jaeger.syncWrites',
    allowed: 'true only with jaeger.store badger: other stores have their own settings for when a write is on disk',
    fix: 'remove jaeger.syncWrites',
  },
  {
    when: ({ jaeger: { kafka } }) => kafka !== null && !kafka.tls && kafka.sasl?.mechanism === 'PLAIN',
    path: 'jaeger.kafka.sasl.mechanism',
    allowed: 'PLAIN only with jaeger.kafka.tls: it sends the password unencrypted',
    fix: 'jaeger.kafka.tls: true, or mechanism: SCRAM-SHA-512',
  },
  {
    when: ({ grafana }) => grafana.database.type === 'sqlite' && grafana.replicas > 1,
    path: 'grafana.replicas',
    allowed: '1 with grafana.database sqlite, which is a file on the claim of one pod',
    fix: 'grafana.database: {type: postgres, host, passwordSecret}, or one replica',
  },
  {
    when: ({ grafana }) => grafana.database.type === 'postgres' && grafana.secretKey === null,
    path: 'grafana.secretKey',
    allowed: 'a key of a Secret with grafana.database postgres: there is no claim that could keep a generated key',
    fix: 'grafana.secretKey: {name: grafana-secret-key, key: secret-key}',
  },
  {
    when: ({ prometheus: { replicas, replicaLabel } }) =>
      replicas > 1 && ['cluster', 'environment', 'job', 'instance'].includes(replicaLabel),
    path: 'prometheus.replicaLabel',
    allowed: 'a label without another meaning: cluster, environment, job and instance are in use',
    fix: 'prometheus.replicaLabel: prometheus_replica',
  },
  {
    // https://docs.cloud.google.com/kubernetes-engine/docs/how-to/configure-cilium-network-policy: cluster-wide ones only.
    when: ({ network, platform }) => network.engine === 'cilium' && platform.startsWith('gke'),
    path: 'network.engine',
    allowed: 'kubernetes on GKE, whose Dataplane V2 is based on Cilium but does not serve CiliumNetworkPolicy',
    fix: 'network.engine: kubernetes',
  },
  {
    when: ({ network, cluster }) => network.engine === 'cilium' && cluster.apiServer.cidr !== null,
    path: 'cluster.apiServer.cidr',
    allowed: 'null with network.engine cilium, which selects the API server by its identity',
    fix: 'remove cluster.apiServer.cidr',
  },
  {
    // Autopilot: https://github.com/pipe-cd/pipecd/issues/4411; OpenShift runs its own, and its SCCs reject another.
    when: ({ platform, nodeExporter }) => nodeExporter.enabled && ['gke-autopilot', 'openshift'].includes(platform),
    path: 'nodeExporter.enabled',
    allowed: 'false on gke-autopilot and openshift, which do not allow our pods to use the host network',
    fix: 'nodeExporter.enabled: false; both platforms have their own node metrics',
  },
  {
    when: ({ platform, collector, prometheus, alertmanager, jaeger, grafana, kubeStateMetrics }) =>
      platform === 'gke-autopilot' &&
      [collector, prometheus, alertmanager, jaeger, grafana, kubeStateMetrics].some(
        ({ resources }) => bytes(resources.ephemeralStorage) > AUTOPILOT_EPHEMERAL_BYTES,
      ),
    path: 'platform',
    allowed: 'on gke-autopilot at most 10Gi of ephemeral storage for each pod',
    fix: 'lower resources.ephemeralStorage to 10Gi',
  },
];

/** Every combination in these settings that cannot work. */
export const refusals = (settings: Settings): Unplaced[] =>
  CONFLICTS.filter(({ when }) => when(settings)).map(({ when: _, ...problem }) => problem);
