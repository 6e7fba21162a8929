import type { Config } from '../../config/load';
import { prometheusSize, seconds } from '../../config/units';
import type { Endpoint } from '../../lib/endpoint';
import { env, inExternalLabel } from '../../lib/env-text';
import type { Topology } from '../../lib/topology';
import type { AlertmanagerEndpoints } from '../alertmanager/endpoints';
import type { CollectorEndpoints } from '../collector/endpoints';
import type { GrafanaEndpoints } from '../grafana/endpoints';
import type { JaegerEndpoints } from '../jaeger/endpoints';
import type { KubeStateMetricsEndpoints } from '../kube-state-metrics/endpoints';
import { kubeletJobs } from '../kubelet/scrape-jobs';
import { MODEL_SERVER_JOBS, modelServerJobs } from '../model-servers/scrape-jobs';
import { nodeExporterJobs } from '../node-exporter/scrape-job';
import { alertingConfig } from './alerting';
import type { PrometheusEndpoints } from './endpoints';
import { remoteWriteConfig } from './remote-write';
import { honouringLabels, janServerJob, limitsOf, podJob, type ScrapeJob, selfJob, tellingJob } from './scrape-jobs';

/** Folder of the configuration file. */
export const CONFIG_PATH = '/etc/prometheus/config';
/** Folder of the rule files. */
export const RULES_PATH = '/etc/prometheus/rules';

/** What Prometheus scrapes. */
export interface ScrapeEnds {
  readonly topology: Topology;
  readonly own: PrometheusEndpoints;
  readonly collector: CollectorEndpoints;
  readonly jaeger: JaegerEndpoints;
  readonly grafana: GrafanaEndpoints;
  /** Null where there is none of our own. */
  readonly alertmanager: AlertmanagerEndpoints | null;
  /** Null where it is switched off. */
  readonly kubeStateMetrics: KubeStateMetricsEndpoints | null;
}

/** Exemplars kept in memory, about 100 bytes each; 100,000 is Prometheus' own default. */
const MAX_EXEMPLARS = 100_000;
/** What late data gets on top of the outage that is bridged: time for the queue to drain. */
const REPLAY_SECONDS = 30 * 60;

/** Prometheus' configuration, as an object in the form of its file. */
export function serverConfig(config: Config, ends: ScrapeEnds) {
  const { prometheus } = config;
  const pushed = config.collector.metricsPath === 'otlp';
  const late = seconds(config.collector.queue.bridgedOutage) + REPLAY_SECONDS;
  const remoteWrite = remoteWriteConfig(ends.topology, ends.own.party, prometheus.remoteWrite);
  const alerting = alertingConfig(config, ends);
  return {
    global: {
      scrape_interval: prometheus.scrapeInterval,
      evaluation_interval: prometheus.evaluationInterval,
      // Else the Collector's own series have labels with dots, as server.address, which rules and panels do not know.
      metric_name_escaping_scheme: 'underscores',
      external_labels: {
        cluster: inExternalLabel(config.cluster.name),
        environment: inExternalLabel(config.environment),
        ...(prometheus.replicas > 1 && { [prometheus.replicaLabel]: inExternalLabel(env('POD_NAME')) }),
      },
      ...limitsOf(prometheus.limits),
    },
    storage: {
      tsdb: {
        retention: { time: prometheus.retention.time, size: prometheusSize(prometheus.retention.size) },
        ...(pushed && { out_of_order_time_window: `${late / 60}m` }),
      },
      exemplars: { max_exemplars: MAX_EXEMPLARS },
    },
    ...(alerting !== null && { alerting }),
    rule_files: [`${RULES_PATH}/*.yaml`],
    scrape_configs: scrapeJobs(config, ends),
    ...(remoteWrite.length > 0 && { remote_write: remoteWrite }),
  };
}

/** Every scrape job, in the order of the file. */
function scrapeJobs(config: Config, ends: ScrapeEnds): ScrapeJob[] {
  const { topology, own, collector, jaeger, grafana, alertmanager, kubeStateMetrics } = ends;
  const several = config.collector.replicas > 1;
  const job = (name: string, endpoint: Endpoint) => podJob(name, config.namespace, endpoint, own.party);
  const telling = (name: string, endpoint: Endpoint) => tellingJob(name, config.namespace, endpoint, own.party);
  return [
    selfJob(own.http.port),
    ...(collector.metrics === null ? [] : [honouringLabels(telling('otel-collector', collector.metrics), several)]),
    job('otel-collector-internal', collector.selfMetrics),
    ...jaeger.roles.map(({ party, selfMetrics }) => job(party.name, selfMetrics)),
    job('grafana', grafana.http),
    ...(alertmanager === null ? [] : [job('alertmanager', alertmanager.http)]),
    ...(kubeStateMetrics === null ? [] : [telling('kube-state-metrics', kubeStateMetrics.metrics)]),
    ...kubeletJobs(config, topology, own.party),
    ...nodeExporterJobs(config, topology, own.party),
    ...modelServerJobs(config, topology, own.party),
    ...(config.janServer === null ? [] : janServerJob(topology, config.janServer, config.cluster.domain, own.party)),
  ];
}

/** Jobs of what is not the stack's own: Jan Server is there once it is, and models come and go. */
const OTHERS: readonly string[] = ['jan-server', ...Object.values(MODEL_SERVER_JOBS)];

/** Jobs of the stack's own programs, whose absence alerts. */
export const ownJobs = ({ scrape_configs }: ReturnType<typeof serverConfig>): readonly string[] =>
  scrape_configs.map(({ job_name }) => job_name).filter((job) => !OTHERS.includes(job));

/** Command-line flags. The admin API and the lifecycle endpoint stay off; the container's memory limit is read by itself. */
export const flags = (config: Config): string[] => [
  `--config.file=${CONFIG_PATH}/prometheus.yaml`,
  '--storage.tsdb.path=/prometheus',
  // Rules and scrape jobs are reloaded when their files change: no restart, no gap. A broken file leaves the old ones in force.
  '--config.auto-reload',
  '--enable-feature=exemplar-storage',
  ...(config.collector.metricsPath === 'otlp' ? ['--web.enable-otlp-receiver'] : []),
];
