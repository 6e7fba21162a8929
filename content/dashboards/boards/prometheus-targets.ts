/** Panels of Prometheus: its targets. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { RATE } from '../parts/range';
import type { Lines, Table } from '../spec';
import { UNITS } from '../units';
import { PROMETHEUS_UP } from './prometheus-state';

const jobs = (): Table => ({
  kind: 'table',
  title: 'Targets',
  description:
    'How many targets each job has, the share that can be scraped, the samples of all of them in one scrape, and the slowest of them. Lowest share first. A job whose targets are all gone is not in it',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  width: 10,
  columns: { job: 'Job' },
  queries: [
    { expr: 'count by (job) (up)', legend: 'Found' },
    { expr: 'avg by (job) (up)', legend: 'Up' },
    { expr: 'sum by (job) (scrape_samples_post_metric_relabeling)', legend: 'Samples a scrape' },
    { expr: 'max by (job) (scrape_duration_seconds)', legend: 'Slowest scrape' },
  ],
  cells: {
    Found: { width: 80 },
    Up: { unit: UNITS.share, show: 'colour', limits: { warning: 1, critical: 0.9 }, width: 80 },
    'Samples a scrape': { show: 'bar', width: 170 },
    'Slowest scrape': { unit: UNITS.seconds, width: 120 },
  },
  sortBy: 'Up',
  ascending: true,
});

const down = (): Table => ({
  kind: 'table',
  title: 'Targets that are down',
  description:
    'Targets that cannot be scraped now, and how long the last attempt took: about the time limit if there was no answer, and almost nothing if the connection was refused. The page Targets of Prometheus shows the error',
  unit: UNITS.seconds,
  noData: 'None: no target is down',
  width: 8,
  columns: { job: 'Job', pod: 'Pod', instance: 'Address', namespace: 'Namespace' },
  queries: [
    {
      expr: 'max by (job, pod, instance, namespace) (scrape_duration_seconds and on (job, instance) (up == 0))',
      legend: 'Took',
    },
  ],
  cells: { Took: { width: 80 }, Pod: { empty: 'no pod' }, Namespace: { hidden: true } },
  links: [
    {
      title: 'Workloads of its namespace',
      dashboard: DASHBOARD_UIDS.workloads,
      variables: { namespace: '${__data.fields.Namespace}' },
    },
  ],
  sortBy: 'Took',
});

const upByJob = (): Lines => ({
  kind: 'lines',
  title: 'Targets up by job',
  description: 'Share of the targets of each job that can be scraped. The line of a job ends with its last target',
  unit: UNITS.share,
  noData: PROMETHEUS_UP,
  width: 6,
  max: 1,
  queries: [{ expr: 'avg by (job) (up)', legend: '{{job}}' }],
});

/** The slowest scrapes. */
export const slowest = (): Lines => ({
  kind: 'lines',
  title: 'Slowest scrape by job',
  description:
    'How long the slowest target of each job takes to answer. Beyond the time limit of the job, 10 seconds or less, it counts as down',
  unit: UNITS.seconds,
  noData: PROMETHEUS_UP,
  queries: [{ expr: 'max by (job) (scrape_duration_seconds)', legend: '{{job}}' }],
});

const samples = (): Lines => ({
  kind: 'lines',
  title: 'Samples a scrape by job',
  description: 'Samples that each job brings with a scrape, after relabelling. A rise is a new label or a new target',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  stacked: true,
  queries: [{ expr: 'sum by (job) (scrape_samples_post_metric_relabeling)', legend: '{{job}}' }],
});

const newSeries = (): Lines => ({
  kind: 'lines',
  title: 'New series by job',
  description: 'Series that each scrape begins. Many for a long time are ids in labels: they fill the memory',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  stacked: true,
  queries: [{ expr: 'sum by (job) (scrape_series_added)', legend: '{{job}}' }],
});

const activeSeries = (): Lines => ({
  kind: 'lines',
  title: 'Series in memory',
  description: 'Active series, and those among them that no scrape has any more and that leave with the next block',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: 'max(prometheus_tsdb_head_series)', legend: 'active' },
    { expr: 'max(prometheus_tsdb_head_stale_series)', legend: 'ended' },
  ],
});

const limits = (): Lines => ({
  kind: 'lines',
  title: 'Scrapes beyond a limit',
  description:
    'Scrapes a second that are thrown away as a whole, because the target has too many samples, too long or too many labels, or too large an answer',
  unit: UNITS.scrapesPerSecond,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: `sum(rate(prometheus_target_scrapes_exceeded_sample_limit_total[${RATE}]))`, legend: 'samples' },
    { expr: `sum(rate(prometheus_target_scrapes_exceeded_body_size_limit_total[${RATE}]))`, legend: 'size' },
    { expr: `sum(rate(prometheus_target_scrape_pool_exceeded_label_limits_total[${RATE}]))`, legend: 'labels' },
  ],
});

const discovery = (): Lines => ({
  kind: 'lines',
  title: 'Failures of discovery',
  description:
    'Failed requests to the API of Kubernetes in each interval of the graph, and configurations of discovery that do not work. New targets are not found meanwhile',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: `sum(increase(prometheus_sd_kubernetes_failures_total[${RATE}]))`, legend: 'failed requests' },
    { expr: 'sum(prometheus_sd_failed_configs)', legend: 'failed configurations' },
  ],
});

/** Whether everything is scraped. */
export const prometheusTargets = (): (Table | Lines)[] => [jobs(), down(), upByJob()];
/** Where series come from, and what is cut off. */
export const prometheusGrowth = (): Lines[] => [activeSeries(), newSeries(), samples(), limits(), discovery()];
