/** Panels of Prometheus: queries, and its process. */
import { selector } from '../../../metrics/spans';
import { PROMETHEUS } from '../parts/jobs';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { PROMETHEUS_UP, queriesP95 } from './prometheus-state';

const requests = (): Lines => ({
  kind: 'lines',
  title: 'Requests by handler and status',
  description: 'HTTP answers a second: queries of dashboards, lists of labels, scrapes of Prometheus itself, pushes',
  unit: UNITS.requestsPerSecond,
  noData: PROMETHEUS_UP,
  queries: [
    {
      expr: `sum by (handler, code) (rate(prometheus_http_requests_total[${RATE}])) > 0`,
      legend: '{{handler}} {{code}}',
    },
  ],
});

const p95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of queries',
  description: 'Nineteen of twenty queries took no longer, by handler. The shortest bucket is 100 ms',
  unit: UNITS.seconds,
  noData: 'No queries in this time, or no metrics of Prometheus itself',
  queries: [{ expr: queriesP95(['handler']), legend: '{{handler}}' }],
});

const atOnce = (): Lines => ({
  kind: 'lines',
  title: 'Queries at once',
  description: 'Queries and rules that are evaluated now. Dashed: how many may be, before others wait',
  unit: UNITS.count,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: 'max(prometheus_engine_queries)', legend: 'queries' },
    { expr: 'max(prometheus_engine_queries_concurrent_max)', legend: 'limit', bound: true },
  ],
});

const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory',
  description:
    'Memory of the process, and what Go has allocated of it. Series and queries take it. Dashed: the limit of Go, a little below that of the container',
  unit: UNITS.bytes,
  noData: PROMETHEUS_UP,
  queries: [
    { expr: `max(${selector('process_resident_memory_bytes', PROMETHEUS)})`, legend: 'process' },
    { expr: `max(${selector('go_memstats_heap_alloc_bytes', PROMETHEUS)})`, legend: 'heap' },
    { expr: `max(${selector('go_gc_gomemlimit_bytes', PROMETHEUS)} < 2^62)`, legend: 'limit', bound: true },
  ],
});

const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU',
  description: 'Cores that Prometheus uses. Rules and dashboards cost more than scrapes',
  unit: UNITS.cores,
  noData: PROMETHEUS_UP,
  queries: [{ expr: `sum(rate(${selector('process_cpu_seconds_total', PROMETHEUS)}[${RATE}]))`, legend: 'cores' }],
});

/** Queries. */
export const prometheusQueries = (): Lines[] => [requests(), p95(), atOnce()];
/** The process. */
export const prometheusProcess = (): Lines[] => [memory(), cpu()];
