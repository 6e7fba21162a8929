/** Panels of Prometheus: targets and their samples. */
import { ratio } from '../../../metrics/spans';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Table, Values } from '../spec';

const PROMETHEUS_UP = 'No metrics of Prometheus itself: is it up?';

export const upNow = (): Values => ({
  kind: 'stat',
  title: 'Targets up',
  description: 'Share of the targets that Prometheus finds and can scrape',
  unit: 'percentunit',
  noData: PROMETHEUS_UP,
  limits: { warning: 1, critical: 0.9 },
  queries: [{ expr: 'avg(up)', legend: 'up' }],
});

export const reloaded = (): Values => ({
  kind: 'stat',
  title: 'Configuration',
  description: 'Whether the last configuration and its rules were taken over. If not, the ones before are in force',
  unit: 'none',
  noData: PROMETHEUS_UP,
  words: { 0: 'refused', 1: 'in force' },
  limits: { warning: 1, critical: 0.5 },
  queries: [{ expr: 'min(prometheus_config_last_reload_successful)', legend: 'configuration' }],
});

export const targets = (): Table => ({
  kind: 'table',
  title: 'Targets',
  description: 'How many targets each job has, how many of them can be scraped, and what they bring',
  unit: 'short',
  noData: PROMETHEUS_UP,
  columns: { job: 'Job' },
  queries: [
    { expr: 'count by (job) (up)', legend: 'Found' },
    { expr: 'sum by (job) (up)', legend: 'Up' },
    { expr: 'sum by (job) (scrape_samples_post_metric_relabeling)', legend: 'Samples a scrape' },
    { expr: 'max by (job) (scrape_duration_seconds)', legend: 'Slowest scrape' },
  ],
  units: { 'Slowest scrape': 's' },
  sortBy: 'Samples a scrape',
});

export const down = (): Lines => ({
  kind: 'lines',
  title: 'Targets up by job',
  description: 'Share of the targets of each job that can be scraped. A job that ends has no targets left',
  unit: 'percentunit',
  noData: PROMETHEUS_UP,
  max: 1,
  queries: [{ expr: 'avg by (job) (up)', legend: '{{job}}' }],
});

export const scrapeDuration = (): Lines => ({
  kind: 'lines',
  title: 'Slowest scrape by job',
  description:
    'How long the slowest target of each job takes to answer. Beyond the time limit of the job it counts as down',
  unit: 's',
  noData: PROMETHEUS_UP,
  queries: [{ expr: 'max by (job) (scrape_duration_seconds)', legend: '{{job}}' }],
});

export const samples = (): Lines => ({
  kind: 'lines',
  title: 'Samples a scrape by job',
  description: 'Samples that each job brings with a scrape, after relabelling. A rise is a new label or a new target',
  unit: 'short',
  noData: PROMETHEUS_UP,
  stacked: true,
  queries: [{ expr: 'sum by (job) (scrape_samples_post_metric_relabeling)', legend: '{{job}}' }],
});

export const missedScrapes = (): Lines => ({
  kind: 'lines',
  title: 'Scrapes beyond a limit',
  description:
    'Scrapes a second that were thrown away as a whole, because the target has too many samples, too many labels or too large an answer',
  unit: 'ops',
  noData: NOT_SCRAPED,
  queries: [
    { expr: `sum(rate(prometheus_target_scrapes_exceeded_sample_limit_total[${RATE}]))`, legend: 'samples' },
    { expr: `sum(rate(prometheus_target_scrapes_exceeded_body_size_limit_total[${RATE}]))`, legend: 'size' },
    { expr: `sum(rate(prometheus_target_scrape_pool_exceeded_label_limits_total[${RATE}]))`, legend: 'labels' },
  ],
});

export const rejected = (): Lines => ({
  kind: 'lines',
  title: 'Samples that were not taken',
  description:
    'Share of scraped samples that are thrown away one by one: older than the last, doubled, or too far from now',
  unit: 'percentunit',
  noData: NOT_SCRAPED,
  queries: [
    { expr: rejectedShare('prometheus_target_scrapes_sample_out_of_order_total'), legend: 'out of order' },
    { expr: rejectedShare('prometheus_target_scrapes_sample_duplicate_timestamp_total'), legend: 'two for one time' },
    { expr: rejectedShare('prometheus_target_scrapes_sample_out_of_bounds_total'), legend: 'out of bounds' },
  ],
});

const rejectedShare = (counter: string) =>
  ratio(`sum(rate(${counter}[${RATE}]))`, `sum(rate(prometheus_tsdb_head_samples_appended_total[${RATE}]))`);
