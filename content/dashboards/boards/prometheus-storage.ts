/** Panels of Prometheus: its TSDB. */
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

const SIZE =
  'prometheus_tsdb_storage_blocks_bytes + prometheus_tsdb_wal_storage_size_bytes + prometheus_tsdb_head_chunks_storage_size_bytes';

export const headSeries = (): Values => ({
  kind: 'stat',
  title: 'Active series',
  description: 'Series that are written to now. Each costs a few kilobytes of memory',
  unit: 'short',
  noData: NOT_SCRAPED,
  queries: [{ expr: 'max(prometheus_tsdb_head_series)', legend: 'series' }],
});

export const retention = (): Values => ({
  kind: 'stat',
  title: 'Oldest sample',
  description: 'How far back the data reaches',
  unit: 's',
  noData: NOT_SCRAPED,
  queries: [{ expr: 'max(time() - prometheus_tsdb_lowest_timestamp_seconds)', legend: 'reaches back' }],
});

export const storage = (): Lines => ({
  kind: 'lines',
  title: 'Size of the database',
  description:
    'Blocks, write-ahead log and chunks of the head, beside the limit at which the oldest blocks are deleted',
  unit: 'bytes',
  noData: NOT_SCRAPED,
  queries: [
    { expr: `max by (instance) (${SIZE})`, legend: '{{instance}}' },
    { expr: 'max by (instance) (prometheus_tsdb_retention_limit_bytes)', legend: '{{instance}} limit' },
  ],
});

export const seriesByJob = (): Lines => ({
  kind: 'lines',
  title: 'New series by job',
  description: 'Series that each scrape begins. Many for a long time are ids in labels: they fill the memory',
  unit: 'short',
  noData: NOT_SCRAPED,
  stacked: true,
  queries: [{ expr: 'sum by (job) (scrape_series_added)', legend: '{{job}}' }],
});

export const outOfOrder = (): Lines => ({
  kind: 'lines',
  title: 'Samples appended',
  description: 'Samples that are written a second, and those that came late and were still taken',
  unit: 'ops',
  noData: NOT_SCRAPED,
  queries: [
    { expr: `sum(rate(prometheus_tsdb_head_samples_appended_total[${RATE}]))`, legend: 'written' },
    { expr: `sum(rate(prometheus_tsdb_head_out_of_order_samples_appended_total[${RATE}]))`, legend: 'late' },
    { expr: `sum(rate(prometheus_tsdb_too_old_samples_total[${RATE}]))`, legend: 'too late, refused' },
  ],
});

export const walCorruptions = (): Lines => ({
  kind: 'lines',
  title: 'Failures of the database',
  description:
    'Corruptions and failed work, in each interval of the graph. Any is worth a look at the log of Prometheus',
  unit: 'short',
  noData: NOT_SCRAPED,
  queries: [
    { expr: `sum(increase(prometheus_tsdb_wal_corruptions_total[${RATE}]))`, legend: 'corruptions of the log' },
    { expr: `sum(increase(prometheus_tsdb_compactions_failed_total[${RATE}]))`, legend: 'compactions' },
    { expr: `sum(increase(prometheus_tsdb_head_truncations_failed_total[${RATE}]))`, legend: 'truncations' },
    { expr: `sum(increase(prometheus_tsdb_wal_writes_failed_total[${RATE}]))`, legend: 'writes' },
  ],
});
