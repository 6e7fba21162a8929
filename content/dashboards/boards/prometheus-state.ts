/** The present state of Prometheus. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { quantileOf, ratio } from '../../../metrics/spans';
import { RATE } from '../parts/range';
import type { Values } from '../spec';
import { UNITS } from '../units';

/** Without its own metrics there is no data at all: whatever else is scraped. */
export const PROMETHEUS_UP = 'No metrics of Prometheus itself: is it up, and does it scrape itself?';

/** What the limit on the size of the database counts (BeyondSizeRetention in tsdb/db.go of Prometheus). */
export const SIZE =
  'prometheus_tsdb_storage_blocks_bytes + prometheus_tsdb_wal_storage_size_bytes + prometheus_tsdb_head_chunks_storage_size_bytes';
export const SIZE_LIMIT = 'prometheus_tsdb_retention_limit_bytes';

/** The 95th percentile of the duration of queries, by labels. */
export const queriesP95 = (by: readonly string[]): string =>
  quantileOf(0.95, 'prometheus_http_request_duration_seconds_bucket', {
    range: RATE,
    matchers: 'handler=~"/api/v1/query.*"',
    by,
  });

/** Samples that are written. */
export const APPENDED = `sum(rate(prometheus_tsdb_head_samples_appended_total[${RATE}]))`;

const up = (): Values => ({
  kind: 'stat',
  title: 'Targets up',
  description:
    'Share of the targets that Prometheus finds and can scrape. A job whose targets are all gone is not counted',
  unit: UNITS.share,
  noData: PROMETHEUS_UP,
  limits: { warning: 1, critical: 0.9 },
  queries: [{ expr: 'avg(up)', legend: 'up' }],
});

const configuration = (): Values => ({
  kind: 'stat',
  title: 'Configuration',
  description: 'Whether the last configuration and its rules were loaded. If not, the ones before are in force',
  unit: UNITS.number,
  noData: PROMETHEUS_UP,
  words: { 0: 'refused', 1: 'in force' },
  limits: { warning: 1, critical: 0.5 },
  queries: [{ expr: 'min(prometheus_config_last_reload_successful)', legend: 'configuration' }],
});

const rules = (): Values => ({
  kind: 'stat',
  title: 'Failing rules',
  description:
    'Share of the evaluations of rules that fail. A rule that fails writes no series and raises no alert. The dashboard of alerts has them by group',
  unit: UNITS.share,
  noData: 'No rule is evaluated: does Prometheus have rules?',
  limits: { warning: 0.0001, critical: 0.01 },
  links: [{ title: 'Rules', dashboard: DASHBOARD_UIDS.alerting }],
  queries: [
    {
      expr: ratio(
        `sum(rate(prometheus_rule_evaluation_failures_total[${RATE}]))`,
        `sum(rate(prometheus_rule_evaluations_total[${RATE}]))`,
      ),
      legend: 'failing',
    },
  ],
});

const disk = (): Values => ({
  kind: 'stat',
  title: 'Disk used',
  description:
    'Size of the database, of the size that it may have. At 100 % the oldest blocks are deleted before their time is over',
  unit: UNITS.share,
  noData: 'No metrics of Prometheus itself, or its size has no limit',
  limits: { warning: 0.9, critical: 1 },
  queries: [{ expr: `max((${SIZE}) / (${SIZE_LIMIT} > 0))`, legend: 'used' }],
});

const oldest = (): Values => ({
  kind: 'stat',
  title: 'Oldest sample',
  description: 'How far back the data reaches: until the retention time, or as long as the size allows',
  unit: UNITS.age,
  noData: PROMETHEUS_UP,
  limits: null,
  queries: [{ expr: 'max(time() - prometheus_tsdb_lowest_timestamp_seconds)', legend: 'reaches back' }],
});

const queries = (): Values => ({
  kind: 'stat',
  title: 'Queries, 95 %',
  description: 'Nineteen of twenty queries took no longer. The shortest bucket is 100 ms, so faster queries look alike',
  unit: UNITS.seconds,
  noData: 'No queries in this time, or no metrics of Prometheus itself',
  limits: { warning: 1, critical: 5 },
  queries: [{ expr: queriesP95([]), legend: '95 %' }],
});

const series = (): Values => ({
  kind: 'stat',
  title: 'Active series',
  description: 'Series that have samples in memory. Each takes a few kilobytes of it',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  limits: null,
  queries: [{ expr: 'max(prometheus_tsdb_head_series)', legend: 'series' }],
});

const samples = (): Values => ({
  kind: 'stat',
  title: 'Samples',
  description: 'Samples that are written a second',
  unit: UNITS.samplesPerSecond,
  noData: PROMETHEUS_UP,
  limits: null,
  queries: [{ expr: APPENDED, legend: 'written' }],
});

/** The state, what is asked first at the front. */
export const prometheusState = (): Values[] => [
  up(),
  configuration(),
  rules(),
  disk(),
  oldest(),
  queries(),
  series(),
  samples(),
];
