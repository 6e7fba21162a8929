/** Prometheus' service discovery and scraping: the metrics of version 3.16.0 at /metrics. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, histogram, summary } = entriesOf('prometheus');

const JOB = { scrape_job: 'bounded' } as const;
const MANAGER = { name: 'bounded' } as const;
const CONFIG = { config: 'bounded', name: 'bounded' } as const;

/** Targets: scrapes, and rejected samples. */
export const SCRAPING: readonly Metric[] = [
  histogram('prometheus_target_interval_length_histogram_seconds', 'seconds', { interval: 'bounded' }),
  summary('prometheus_target_interval_length_seconds', 'seconds', { interval: 'bounded' }),
  gauge('prometheus_target_metadata_cache_bytes', 'bytes', JOB),
  gauge('prometheus_target_metadata_cache_entries', 'entries', JOB),
  histogram('prometheus_target_scrape_duration_seconds', 'seconds'),
  counter('prometheus_target_scrape_pool_exceeded_label_limits_total', 'scrapes'),
  counter('prometheus_target_scrape_pool_exceeded_target_limit_total', 'reloads'),
  counter('prometheus_target_scrape_pool_reloads_failed_total', 'reloads'),
  counter('prometheus_target_scrape_pool_reloads_total', 'reloads'),
  gauge('prometheus_target_scrape_pool_symboltable_items', 'symbols', JOB),
  counter('prometheus_target_scrape_pool_sync_total', 'syncs', JOB),
  gauge('prometheus_target_scrape_pool_target_limit', 'targets', JOB),
  gauge('prometheus_target_scrape_pool_targets', 'targets', JOB),
  counter('prometheus_target_scrape_pools_failed_total', 'scrape pools'),
  counter('prometheus_target_scrape_pools_total', 'scrape pools'),
  counter('prometheus_target_scrapes_cache_flush_forced_total', 'flushes'),
  counter('prometheus_target_scrapes_exceeded_body_size_limit_total', 'scrapes'),
  counter('prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total', 'scrapes'),
  counter('prometheus_target_scrapes_exceeded_sample_limit_total', 'scrapes'),
  counter('prometheus_target_scrapes_exemplar_out_of_order_total', 'exemplars'),
  counter('prometheus_target_scrapes_sample_duplicate_timestamp_total', 'samples'),
  counter('prometheus_target_scrapes_sample_out_of_bounds_total', 'samples'),
  counter('prometheus_target_scrapes_sample_out_of_order_total', 'samples'),
  counter('prometheus_target_sync_failed_total', 'targets', JOB),
  histogram('prometheus_target_sync_length_histogram_seconds', 'seconds', JOB),
  summary('prometheus_target_sync_length_seconds', 'seconds', JOB),
];

/** Service discovery. */
export const DISCOVERY: readonly Metric[] = [
  gauge('prometheus_sd_discovered_targets', 'targets', CONFIG),
  counter('prometheus_sd_dns_lookup_failures_total', 'failures'),
  counter('prometheus_sd_dns_lookups_total', 'lookups'),
  gauge('prometheus_sd_failed_configs', 'configurations', MANAGER),
  counter('prometheus_sd_file_read_errors_total', 'errors'),
  summary('prometheus_sd_file_scan_duration_seconds', 'seconds'),
  counter('prometheus_sd_file_watcher_errors_total', 'errors'),
  counter('prometheus_sd_http_failures_total', 'failures'),
  counter('prometheus_sd_kubernetes_events_total', 'events', { event: 'fixed', role: 'fixed' }),
  counter('prometheus_sd_kubernetes_failures_total', 'failures'),
  gauge('prometheus_sd_last_update_timestamp_seconds', 'timestamp', CONFIG),
  counter('prometheus_sd_received_updates_total', 'updates', MANAGER),
  counter('prometheus_sd_updates_delayed_total', 'updates', MANAGER),
  counter('prometheus_sd_updates_total', 'updates', MANAGER),
];
