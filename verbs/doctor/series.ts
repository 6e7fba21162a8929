/** What the doctor asks Prometheus. */
import { SPAN_METRICS } from '../../metrics/span-metrics';

/** A sample: its labels, and its value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The queries. Each answers with one sample for each series. */
export const QUERIES = {
  /** Share of a claim that is used, from 0 to 1. */
  claimUsage:
    'max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes)',
  /** Whether spans of a pod have arrived in the last five minutes. */
  spans: `count by (job, instance) (increase(${SPAN_METRICS.calls}[5m]) > 0)`,
  /** Notifications that failed in the last ten minutes, by integration and reason. */
  failedNotifications: 'sum by (integration, reason) (increase(alertmanager_notifications_failed_total[10m])) > 0',
  /** How often Prometheus has deleted a block because of `retention.size`. */
  deletedBySize: 'max(prometheus_tsdb_size_retentions_total)',
  /** Age of the oldest sample, in seconds. */
  oldest: 'max(time() - prometheus_tsdb_lowest_timestamp_seconds)',
} as const;

/** The answers, by query. */
export type Series = Readonly<Record<keyof typeof QUERIES, readonly Sample[]>>;

/** No data: as Prometheus answers soon after its start. */
export const NO_SERIES: Series = { claimUsage: [], spans: [], failedNotifications: [], deletedBySize: [], oldest: [] };
