/** Panels of the Collector: its process. */
import { selector } from '../../../metrics/spans';
import { COLLECTOR } from '../parts/jobs';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

export const up = (): Values => ({
  kind: 'stat',
  title: 'Collectors up',
  description: 'Pods of the Collector that Prometheus can scrape',
  unit: 'short',
  noData: NOT_SCRAPED,
  width: 8,
  limits: { warning: 1, critical: 0.5 },
  queries: [{ expr: `sum(up{${COLLECTOR}})`, legend: 'up' }],
});

export const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory',
  description:
    'Memory of the process, and what Go has allocated of it. The memory limiter refuses data at 80 % of the limit of the container',
  unit: 'bytes',
  noData: NOT_SCRAPED,
  queries: [
    { expr: `max by (pod) (${selector('otelcol_process_memory_rss_bytes', COLLECTOR)})`, legend: '{{pod}} process' },
    {
      expr: `max by (pod) (${selector('otelcol_process_runtime_heap_alloc_bytes', COLLECTOR)})`,
      legend: '{{pod}} heap',
    },
  ],
});

export const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU',
  description: 'Cores that each Collector uses',
  unit: 'none',
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: `sum by (pod) (rate(${selector('otelcol_process_cpu_seconds_total', COLLECTOR)}[${RATE}]))`,
      legend: '{{pod}}',
    },
  ],
});
