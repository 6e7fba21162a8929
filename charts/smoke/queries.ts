import { seconds } from '../../config/units';
import type { CheckName } from './names';

/** A check that is a question to Prometheus. */
export interface QueryCheck {
  readonly name: CheckName;
  /** Has a result where the check can be done at all. */
  readonly known: string;
  /** Has a result for each problem. */
  readonly problems: string;
}

/** What the questions depend on. */
export interface QueryScope {
  readonly namespace: string;
  /** Names of the scrape jobs of the stack's own programs. */
  readonly jobs: readonly string[];
  /** `prometheus.scrapeInterval`, as `15s`. */
  readonly scrapeInterval: string;
}

/** Share of a claim beyond which it counts as full. */
const FULL = 0.85;

/** Share of a queue beyond which it holds more than what is on its way. */
const FILLED = 0.1;

const SELF = 'job="otel-collector-internal"';
const GROUP = 'rule_group';

/** The checks by PromQL: `problems` has no result where nothing is wrong. */
export function queryChecks({ namespace, jobs, scrapeInterval }: QueryScope): readonly QueryCheck[] {
  // A rate needs two samples, and one scrape may fail.
  const range = `${Math.max(60, 4 * seconds(scrapeInterval))}s`;
  const by = (metric: string) => `max by (pod, exporter) (${metric}{${SELF}})`;
  const sent = (items: string) =>
    `sum by (pod, exporter) (rate(otelcol_exporter_sent_${items}_total{${SELF}}[${range}])) > 0`;
  const ofClaim = (metric: string) =>
    `max by (persistentvolumeclaim) (kubelet_volume_stats_${metric}{namespace="${namespace}"})`;
  const last = `max by (${GROUP}) (prometheus_rule_group_last_evaluation_timestamp_seconds)`;
  return [
    {
      name: 'targets',
      known: 'count(up)',
      problems: ['up == 0', ...jobs.map((job) => `absent(up{job="${job}"})`)].join(' or '),
    },
    {
      name: 'rule-groups',
      known: `count(${last})`,
      problems: `time() - ${last} > 4 * max by (${GROUP}) (prometheus_rule_group_interval_seconds)`,
    },
    {
      name: 'notifications',
      known: 'count(alertmanager_notifications_total)',
      problems: 'sum by (integration, reason) (increase(alertmanager_notifications_failed_total[10m])) > 0',
    },
    {
      name: 'queue',
      known: by('otelcol_exporter_queue_size'),
      problems: [
        `${by('otelcol_exporter_queue_size')} / ${by('otelcol_exporter_queue_capacity')} > ${FILLED}`,
        `${by('otelcol_exporter_queue_size')} > 0 unless on (pod, exporter) (${sent('spans')} or ${sent('metric_points')})`,
      ].join(' or '),
    },
    {
      name: 'claims',
      known: ofClaim('capacity_bytes'),
      problems: `${ofClaim('used_bytes')} / ${ofClaim('capacity_bytes')} > ${FULL}`,
    },
  ];
}
