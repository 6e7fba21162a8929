/** Panels of traces: received, exported and lost spans. */

import { SPAN_METRICS, TRUNCATED } from '../../../metrics/span-metrics';
import { selector, sumBy } from '../../../metrics/spans';
import { COLLECTOR, JAEGER } from '../parts/jobs';
import { toService, toTraces } from '../parts/links';
import { NO_SPANS, NONE_YET, NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';

const spans = (by: readonly string[], ...matchers: readonly string[]) =>
  sumBy(by, `rate(${selector(SPAN_METRICS.calls, ...matchers)}[${RATE}])`);
const total = (metric: string, job: string) => `sum(rate(${selector(metric, job)}[${RATE}]))`;
const LINKS = [toService(), toTraces()];

export const spanRate = (): Lines => ({
  kind: 'lines',
  title: 'Spans by service',
  description: 'Spans of all kinds a second, counted before any sampling: who fills the storage',
  unit: 'ops',
  noData: NO_SPANS,
  stacked: true,
  queries: [{ expr: spans(['service_name']), legend: '{{service_name}}' }],
  links: LINKS,
});

export const errorSpans = (): Lines => ({
  kind: 'lines',
  title: 'Spans with status Error by service',
  description:
    'Spans of all kinds a second that failed. llm-api marks answers with 4xx and chats that their user has stopped so, too',
  unit: 'ops',
  noData: NONE_YET,
  exemplars: true,
  queries: [{ expr: spans(['service_name'], 'status_code="STATUS_CODE_ERROR"'), legend: '{{service_name}}' }],
  links: [toService(), toTraces(undefined, 'error=true')],
});

export const spansByKind = (): Lines => ({
  kind: 'lines',
  title: 'Spans of $service by kind',
  description: 'Server spans are requests, client spans are calls to others, internal ones are steps in between',
  unit: 'ops',
  noData: NO_SPANS,
  stacked: true,
  queries: [{ expr: spans(['span_kind'], 'service_name="$service"'), legend: '{{span_kind}}' }],
  links: [toTraces('${service}')],
});

export const onTheWay = (): Lines => ({
  kind: 'lines',
  title: 'Spans on their way to storage',
  description:
    'Spans that reach the Collector, those it hands on, and those that Jaeger accepts. What lies between is queued, sampled away or sent twice',
  unit: 'ops',
  noData: NOT_SCRAPED,
  queries: [
    { expr: total('otelcol_receiver_accepted_spans_total', COLLECTOR), legend: 'accepted by the Collector' },
    { expr: total('otelcol_exporter_sent_spans_total', COLLECTOR), legend: 'sent by the Collector' },
    { expr: total('otelcol_receiver_accepted_spans_total', JAEGER), legend: 'accepted by Jaeger' },
  ],
});

export const refused = (): Lines => ({
  kind: 'lines',
  title: 'Spans refused on the way',
  description:
    'Spans a second that the Collector or Jaeger refused. Senders try again, so they are late rather than lost, and are counted more than once',
  unit: 'ops',
  noData: NONE_YET,
  queries: [
    { expr: total('otelcol_receiver_refused_spans_total', COLLECTOR), legend: 'refused by the Collector' },
    { expr: total('otelcol_receiver_refused_spans_total', JAEGER), legend: 'refused by Jaeger' },
  ],
});

export const cut = (): Lines => ({
  kind: 'lines',
  title: 'Spans with attributes that were cut',
  description: `Spans a second with an attribute too long for storage. They are marked with ${TRUNCATED}`,
  unit: 'ops',
  noData: 'None: no attribute was too long, or no spans have come at all',
  queries: [{ expr: spans(['service_name'], `${TRUNCATED.replace('.', '_')}="true"`), legend: '{{service_name}}' }],
  links: [toTraces(undefined, `${TRUNCATED}=true`)],
});

export const overflow = (): Lines => ({
  kind: 'lines',
  title: 'Spans beyond the cardinality limit',
  description:
    'Spans a second that are counted without their name, because the limit of collector.spanMetrics.cardinalityLimit is reached. A service that puts ids into span names is the usual reason',
  unit: 'ops',
  noData: 'None: the limit has not been reached, or no spans have come at all',
  queries: [{ expr: spans(['job'], 'otel_metric_overflow="true"'), legend: '{{job}}' }],
});
