/** Panels of Prometheus: its process. */
import { selector } from '../../../metrics/spans';
import { PROMETHEUS } from '../parts/jobs';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';

export const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory',
  description: 'Memory of the process, and what Go has allocated of it. Series and queries take it',
  unit: 'bytes',
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: `max by (instance) (${selector('process_resident_memory_bytes', PROMETHEUS)})`,
      legend: '{{instance}} process',
    },
    {
      expr: `max by (instance) (${selector('go_memstats_heap_alloc_bytes', PROMETHEUS)})`,
      legend: '{{instance}} heap',
    },
  ],
});

export const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU',
  description: 'Cores that Prometheus uses. Rules and dashboards cost more than scrapes',
  unit: 'none',
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: `sum by (instance) (rate(${selector('process_cpu_seconds_total', PROMETHEUS)}[${RATE}]))`,
      legend: '{{instance}}',
    },
  ],
});
