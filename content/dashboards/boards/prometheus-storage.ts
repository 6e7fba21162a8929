/** Panels of Prometheus: its samples and its database. */
import { RATE } from '../parts/range';
import type { Lines, Query } from '../spec';
import { UNITS } from '../units';
import { APPENDED, PROMETHEUS_UP, SIZE, SIZE_LIMIT } from './prometheus-state';

const perSecond = (counter: string) => `sum(rate(${counter}[${RATE}]))`;
const inInterval = (counter: string) => `sum(increase(${counter}[${RATE}]))`;

/** What is written. */
export const appended = (): Lines => ({
  kind: 'lines',
  title: 'Samples written',
  description: 'Samples that are written a second, and those that came late and were still taken',
  unit: UNITS.samplesPerSecond,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: APPENDED, legend: 'written' },
    { expr: perSecond('prometheus_tsdb_head_out_of_order_samples_appended_total'), legend: 'written late' },
  ],
});

/** What is not. */
export const rejected = (): Lines => ({
  kind: 'lines',
  title: 'Samples refused',
  description:
    'Samples a second that are thrown away, scraped or pushed: older than the last of their series, older than the window for late samples, a second value for one time, or too far from now. Two sources that write the same series are a frequent cause',
  unit: UNITS.samplesPerSecond,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: perSecond('prometheus_tsdb_out_of_order_samples_total'), legend: 'out of order' },
    { expr: perSecond('prometheus_tsdb_too_old_samples_total'), legend: 'too old' },
    {
      expr: perSecond('prometheus_target_scrapes_sample_duplicate_timestamp_total'),
      legend: 'two for one time',
    },
    { expr: perSecond('prometheus_tsdb_out_of_bound_samples_total'), legend: 'out of bounds' },
  ],
});

const size = (): Lines => ({
  kind: 'lines',
  title: 'Size of the database',
  description:
    'Blocks, write-ahead log and chunks of the head. Dashed: the size at which the oldest blocks are deleted',
  unit: UNITS.bytes,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: `max(${SIZE})`, legend: 'size' },
    { expr: 'max(prometheus_tsdb_wal_storage_size_bytes)', legend: 'of it the write-ahead log' },
    { expr: `max(${SIZE_LIMIT} > 0)`, legend: 'limit', bound: true },
  ],
});

/** Counters of failures, by what fails. */
const FAILURES: readonly [Query, ...Query[]] = [
  { expr: inInterval('prometheus_tsdb_wal_corruptions_total'), legend: 'corruptions of the log' },
  { expr: inInterval('prometheus_tsdb_mmap_chunk_corruptions_total'), legend: 'corruptions of chunks' },
  { expr: inInterval('prometheus_tsdb_wal_writes_failed_total'), legend: 'writes' },
  { expr: inInterval('prometheus_tsdb_compactions_failed_total'), legend: 'compactions' },
  { expr: inInterval('prometheus_tsdb_reloads_failures_total'), legend: 'loading of blocks' },
  { expr: inInterval('prometheus_tsdb_head_truncations_failed_total'), legend: 'truncations of the head' },
  { expr: inInterval('prometheus_tsdb_wal_truncations_failed_total'), legend: 'truncations of the log' },
  { expr: inInterval('prometheus_tsdb_checkpoint_creations_failed_total'), legend: 'checkpoints' },
];

const failures = (): Lines => ({
  kind: 'lines',
  title: 'Failures of the database',
  description:
    'Corruptions and failed work, in each interval of the graph. After any of them look at the log of Prometheus, and at the space on its disk',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  queries: FAILURES,
});

const exemplars = (): Lines => ({
  kind: 'lines',
  title: 'Exemplars stored',
  description: 'Exemplars in memory, the links from graphs to traces. Dashed: how many are kept',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: 'max(prometheus_tsdb_exemplar_exemplars_in_storage)', legend: 'stored' },
    { expr: 'max(prometheus_tsdb_exemplar_max_exemplars)', legend: 'limit', bound: true },
  ],
});

/** The database. */
export const prometheusStorage = (): Lines[] => [size(), failures(), exemplars()];
