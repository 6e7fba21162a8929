/** The present state of Jaeger. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { ratio } from '../../../metrics/spans';
import { FAILING } from '../parts/limits';
import { losing } from '../parts/losses';
import { NOT_SCRAPED } from '../parts/no-data';
import { memoryUsed, OF_JAEGER, ofPods, perSecond } from '../parts/pods';
import type { Link, Values } from '../spec';
import { UNITS } from '../units';

/** Where spans come from, and wait. */
export const TO_COLLECTOR: Link = { title: 'Queues of the Collector', dashboard: DASHBOARD_UIDS.collector };
export const NO_READS = 'No reads: has anybody searched for traces, in the UI or in Grafana?';
const NO_SPANS_HERE = 'No spans: does the Collector send any? See its dashboard';

const READS = 'jaeger_storage_requests_total';
const DURATION = 'jaeger_storage_latency_seconds';
const rate = (counter: string) => perSecond(OF_JAEGER, [], counter);

/** Reads a second, by operation. */
export const readsBy = (...labels: readonly string[]): string => perSecond(OF_JAEGER, labels, READS);
/** Share of reads that fail. */
export const failingBy = (...labels: readonly string[]): string =>
  ratio(perSecond(OF_JAEGER, labels, READS, 'result="err"'), readsBy(...labels));
/** A mean: Jaeger 2.20.0 counts seconds into buckets of 0, 5, 10 and more, from which every quantile of fast reads is about 5 seconds. */
export const durationBy = (...labels: readonly string[]): string =>
  ratio(perSecond(OF_JAEGER, labels, `${DURATION}_sum`), perSecond(OF_JAEGER, labels, `${DURATION}_count`));

/** Counters of spans that do not get into the store. */
export const NOT_STORED = 'otelcol_exporter_send_failed_spans_total';
export const NOT_INDEXED = 'jaeger_storage_bulk_index_errors_total';

const up = (): Values => ({
  kind: 'stat',
  title: 'Jaegers up',
  description:
    'Share of the pods of Jaeger that Prometheus can scrape: of the role with the lowest share, where writing and reading are apart',
  unit: UNITS.share,
  noData: 'No target: is Jaeger deployed? See Targets on the Prometheus dashboard',
  limits: { warning: 1, critical: 0.5 },
  links: [{ title: 'Targets', dashboard: DASHBOARD_UIDS.prometheus }],
  queries: [{ expr: `min(avg by (job) (${ofPods(OF_JAEGER, 'up')}))`, legend: 'up' }],
});

const refused = (): Values => ({
  kind: 'stat',
  title: 'Spans refused',
  description:
    'Share of the spans that reach Jaeger and are refused, because the store did not take them. They wait in the queue before Jaeger, and are sent again',
  unit: UNITS.share,
  noData: NO_SPANS_HERE,
  limits: { warning: 0.001, critical: 0.01 },
  links: [TO_COLLECTOR],
  queries: [
    {
      expr: ratio(
        rate('otelcol_receiver_refused_spans_total'),
        `(${rate('otelcol_receiver_accepted_spans_total')} + ${rate('otelcol_receiver_refused_spans_total')})`,
      ),
      legend: 'refused',
    },
  ],
});

const failingWrites = (): Values => ({
  kind: 'stat',
  title: 'Failing writes',
  description:
    'Pods of Jaeger that failed to write spans in the shown time. Spans that an index refused are lost; others wait in the queue before Jaeger',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  limits: { warning: 0.5, critical: 1 },
  links: [TO_COLLECTOR],
  queries: [{ expr: losing(OF_JAEGER, 'pod', [NOT_STORED, NOT_INDEXED]), legend: 'pods' }],
});

const failingReads = (): Values => ({
  kind: 'stat',
  title: 'Failing reads',
  description: 'Share of the reads that the store answers with an error: searches, traces, lists of services',
  unit: UNITS.share,
  noData: NO_READS,
  limits: FAILING,
  queries: [{ expr: failingBy(), legend: 'failing' }],
});

const meanRead = (): Values => ({
  kind: 'stat',
  title: 'Mean read',
  description: 'Time of the store for one read, on average over all operations. A search reads many traces',
  unit: UNITS.seconds,
  noData: NO_READS,
  limits: { warning: 0.5, critical: 2 },
  queries: [{ expr: durationBy(), legend: 'mean' }],
});

const stored = (): Values => ({
  kind: 'stat',
  title: 'Spans stored',
  description: 'Spans that are written to the store a second',
  unit: UNITS.spansPerSecond,
  noData: NO_SPANS_HERE,
  limits: null,
  links: [TO_COLLECTOR],
  queries: [{ expr: rate('otelcol_exporter_sent_spans_total'), legend: 'stored' }],
});

const reads = (): Values => ({
  kind: 'stat',
  title: 'Reads',
  description: 'Reads of the store a second, of all operations',
  unit: UNITS.requestsPerSecond,
  noData: NO_READS,
  limits: null,
  links: [{ title: 'Traces', dashboard: DASHBOARD_UIDS.traces }],
  queries: [{ expr: readsBy(), legend: 'reads' }],
});

/** The state, what is asked first at the front. */
export const jaegerState = (): Values[] => [
  up(),
  failingWrites(),
  refused(),
  failingReads(),
  meanRead(),
  // KubeContainerMemoryNearLimit fires at 90 %.
  memoryUsed(OF_JAEGER, { warning: 0.8, critical: 0.9 }),
  stored(),
  reads(),
];
