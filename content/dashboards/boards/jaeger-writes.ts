/** Panels of Jaeger: stored spans, and its process. */
import { selector } from '../../../metrics/spans';
import { JAEGER } from '../parts/jobs';
import { NONE_YET, NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';

/** The rate of a counter of Jaeger. */
export const perSecond = (by: string, counter: string, ...matchers: readonly string[]): string =>
  `sum by (${by}) (rate(${selector(counter, JAEGER, ...matchers)}[${RATE}]))`;

export const up = (): Values => ({
  kind: 'stat',
  title: 'Jaegers up',
  description: 'Pods of Jaeger that Prometheus can scrape, by role',
  unit: 'short',
  noData: NOT_SCRAPED,
  width: 8,
  limits: { warning: 1, critical: 0.5 },
  queries: [{ expr: `sum by (job) (up{${JAEGER}})`, legend: '{{job}}' }],
});

export const storedNow = (): Values => ({
  kind: 'stat',
  title: 'Spans stored',
  description: 'Spans that were written to storage a second',
  unit: 'ops',
  noData: 'No spans: does the Collector send any? See its dashboard',
  width: 8,
  queries: [{ expr: perSecond('exporter', 'otelcol_exporter_sent_spans_total'), legend: 'stored' }],
});

export const accepted = (): Lines => ({
  kind: 'lines',
  title: 'Spans in and stored',
  description:
    'Spans that arrive a second, and spans that were written. The two are the same as long as the storage keeps up',
  unit: 'ops',
  noData: NOT_SCRAPED,
  queries: [
    { expr: perSecond('job', 'otelcol_receiver_accepted_spans_total'), legend: '{{job}} accepted' },
    { expr: perSecond('job', 'otelcol_exporter_sent_spans_total'), legend: '{{job}} stored' },
  ],
});

export const lost = (): Lines => ({
  kind: 'lines',
  title: 'Spans refused or not stored',
  description:
    'Spans a second that Jaeger refused, and spans whose write failed. The Collector tries again: they wait in its queue',
  unit: 'ops',
  noData: NONE_YET,
  queries: [
    { expr: perSecond('job', 'otelcol_receiver_refused_spans_total'), legend: '{{job}} refused' },
    { expr: perSecond('job', 'otelcol_exporter_send_failed_spans_total'), legend: '{{job}} not stored' },
  ],
});

export const memory = (): Lines => ({
  kind: 'lines',
  title: 'Memory',
  description: 'Memory of the process. Badger keeps its tables and caches there; the limit is that of the container',
  unit: 'bytes',
  noData: NOT_SCRAPED,
  queries: [{ expr: `max by (pod) (${selector('otelcol_process_memory_rss_bytes', JAEGER)})`, legend: '{{pod}}' }],
});

export const cpu = (): Lines => ({
  kind: 'lines',
  title: 'CPU',
  description: 'Cores that each pod uses',
  unit: 'none',
  noData: NOT_SCRAPED,
  queries: [{ expr: perSecond('pod', 'otelcol_process_cpu_seconds_total'), legend: '{{pod}}' }],
});
