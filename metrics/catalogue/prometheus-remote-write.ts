/** Prometheus' remote write: the metrics of version 3.16.0 at /metrics with one `remote_write`. */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, histogram } = entriesOf('prometheus');

const REMOTE = { remote_name: 'bounded', url: 'bounded' } as const;
const CONSUMER = { consumer: 'bounded' } as const;

/** The queue of each remote, and the reader of the write-ahead log that fills it. */
export const REMOTE_WRITE: readonly Metric[] = [
  counter('prometheus_remote_storage_bytes_total', 'bytes', REMOTE, { after: 'remote write is configured' }),
  counter('prometheus_remote_storage_enqueue_retries_total', 'retries', REMOTE, {
    after: 'remote write is configured',
  }),
  counter('prometheus_remote_storage_exemplars_failed_total', 'exemplars', REMOTE, {
    after: 'remote write is configured',
  }),
  gauge('prometheus_remote_storage_exemplars_pending', 'exemplars', REMOTE, { after: 'remote write is configured' }),
  counter('prometheus_remote_storage_exemplars_retried_total', 'exemplars', REMOTE, {
    after: 'remote write is configured',
  }),
  counter('prometheus_remote_storage_exemplars_total', 'exemplars', REMOTE, { after: 'remote write is configured' }),
  counter('prometheus_remote_storage_histograms_failed_total', 'histograms', REMOTE, {
    after: 'remote write is configured',
  }),
  gauge('prometheus_remote_storage_histograms_pending', 'histograms', REMOTE, { after: 'remote write is configured' }),
  counter('prometheus_remote_storage_histograms_retried_total', 'histograms', REMOTE, {
    after: 'remote write is configured',
  }),
  counter('prometheus_remote_storage_histograms_total', 'histograms', REMOTE, { after: 'remote write is configured' }),
  gauge('prometheus_remote_storage_max_samples_per_send', 'samples', REMOTE, { after: 'remote write is configured' }),
  counter('prometheus_remote_storage_metadata_bytes_total', 'bytes', REMOTE, { after: 'remote write is configured' }),
  counter('prometheus_remote_storage_metadata_failed_total', 'metadata entries', REMOTE, {
    after: 'remote write is configured',
  }),
  counter('prometheus_remote_storage_metadata_retried_total', 'metadata entries', REMOTE, {
    after: 'remote write is configured',
  }),
  counter('prometheus_remote_storage_metadata_total', 'metadata entries', REMOTE, {
    after: 'remote write is configured',
  }),
  gauge('prometheus_remote_storage_queue_highest_sent_timestamp_seconds', 'timestamp', REMOTE, {
    after: 'remote write is configured',
  }),
  gauge('prometheus_remote_storage_queue_highest_timestamp_seconds', 'timestamp', REMOTE, {
    after: 'remote write is configured',
  }),
  counter(
    'prometheus_remote_storage_samples_dropped_total',
    'samples',
    { ...REMOTE, reason: 'fixed' },
    { after: 'a sample could not be sent' },
  ),
  counter('prometheus_remote_storage_samples_failed_total', 'samples', REMOTE, { after: 'remote write is configured' }),
  gauge('prometheus_remote_storage_samples_pending', 'samples', REMOTE, { after: 'remote write is configured' }),
  counter('prometheus_remote_storage_samples_retried_total', 'samples', REMOTE, {
    after: 'remote write is configured',
  }),
  counter('prometheus_remote_storage_samples_total', 'samples', REMOTE, { after: 'remote write is configured' }),
  histogram('prometheus_remote_storage_sent_batch_duration_seconds', 'seconds', REMOTE, {
    after: 'remote write is configured',
  }),
  gauge('prometheus_remote_storage_shard_capacity', 'samples', REMOTE, { after: 'remote write is configured' }),
  gauge('prometheus_remote_storage_shards', 'shards', REMOTE, { after: 'remote write is configured' }),
  gauge('prometheus_remote_storage_shards_desired', 'shards', REMOTE, { after: 'remote write is configured' }),
  gauge('prometheus_remote_storage_shards_max', 'shards', REMOTE, { after: 'remote write is configured' }),
  gauge('prometheus_remote_storage_shards_min', 'shards', REMOTE, { after: 'remote write is configured' }),
  gauge('prometheus_wal_watcher_current_segment', 'segment number', CONSUMER, { after: 'remote write is configured' }),
  counter('prometheus_wal_watcher_notifications_skipped_total', 'notifications', CONSUMER, {
    after: 'remote write is configured',
  }),
  counter('prometheus_wal_watcher_record_decode_failures_total', 'failures', CONSUMER, {
    after: 'remote write is configured',
  }),
  counter(
    'prometheus_wal_watcher_records_read_total',
    'records',
    { consumer: 'bounded', type: 'fixed' },
    { after: 'remote write is configured' },
  ),
  counter('prometheus_wal_watcher_samples_sent_pre_tailing_total', 'samples', CONSUMER, {
    after: 'remote write is configured',
  }),
];
