import { prometheusSize } from '../../config/units';
import { env, inExternalLabel } from '../../lib/env-text';
import type { Pod } from '../../lib/pod';
import type { StackContext } from '../common/context';
import { limitsOf, type ScrapeJob } from '../common/scrape-jobs';
import { alertingConfig } from './alerting';
import { remoteWriteConfig } from './remote-write';
import type { PrometheusSettings } from './schema';

/** Folder of the configuration file. */
export const CONFIG_PATH = '/etc/prometheus/config';
/** Folder of the rule files. */
export const RULES_PATH = '/etc/prometheus/rules';

/** Exemplars kept in memory, about 100 bytes each; 100,000 is Prometheus' own default. */
const MAX_EXEMPLARS = 100_000;
/** Added to the outage that is bridged, in seconds: the time that the queue needs to drain. */
const REPLAY_SECONDS = 30 * 60;

/** What other components add to Prometheus' configuration. */
export interface Additions {
  /** Every scrape job, in the order of the file. */
  readonly jobs: readonly ScrapeJob[];
  /** By how many seconds pushed metrics may be late; null: no metrics are pushed. */
  readonly lateSeconds: number | null;
}

/** Prometheus' configuration, as an object in the form of its file. */
export function serverConfig(
  context: StackContext,
  settings: PrometheusSettings,
  pod: Pod,
  { jobs, lateSeconds }: Additions,
) {
  const remoteWrite = remoteWriteConfig(pod, settings.remoteWrite);
  const alerting = alertingConfig(context, settings, pod);
  return {
    global: {
      scrape_interval: settings.scrapeInterval,
      evaluation_interval: settings.evaluationInterval,
      // Otherwise the Collector's own series have labels with dots, such as server.address, and rules and panels do not match them.
      metric_name_escaping_scheme: 'underscores',
      external_labels: {
        cluster: inExternalLabel(context.cluster.name),
        environment: inExternalLabel(context.environment),
        ...(settings.replicas > 1 && { [settings.replicaLabel]: inExternalLabel(env('POD_NAME')) }),
      },
      ...limitsOf(settings.limits),
    },
    storage: {
      tsdb: {
        retention: { time: settings.retention.time, size: prometheusSize(settings.retention.size) },
        ...(lateSeconds !== null && { out_of_order_time_window: `${(lateSeconds + REPLAY_SECONDS) / 60}m` }),
      },
      exemplars: { max_exemplars: MAX_EXEMPLARS },
    },
    ...(alerting !== null && { alerting }),
    rule_files: [`${RULES_PATH}/*.yaml`],
    scrape_configs: jobs,
    ...(remoteWrite.length > 0 && { remote_write: remoteWrite }),
  };
}

/** Command-line flags. The admin API and the lifecycle endpoint stay off; Prometheus reads the container's memory limit by itself. */
export const flags = ({ lateSeconds }: Pick<Additions, 'lateSeconds'>): string[] => [
  `--config.file=${CONFIG_PATH}/prometheus.yaml`,
  '--storage.tsdb.path=/prometheus',
  // Rules and scrape jobs are reloaded when their files change: no restart, no gap. If a file is invalid, the old configuration stays in
  // effect.
  '--config.auto-reload',
  '--enable-feature=exemplar-storage',
  ...(lateSeconds === null ? [] : ['--web.enable-otlp-receiver']),
];
