/** Panels of traces: whether all spans arrive, and count in full. */
import { SPAN_METRICS, TRUNCATED } from '../../../metrics/span-metrics';
import { selector } from '../../../metrics/spans';
import { twentyHighest } from '../parts/highest';
import { COLLECTOR, JAEGER } from '../parts/jobs';
import { toTraces } from '../parts/links';
import { NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { spans } from './traces-spans';

const total = (metric: string, ...matchers: readonly string[]) =>
  `sum(rate(${selector(metric, ...matchers)}[${RATE}]))`;

const REFUSED = 'otelcol_receiver_refused_spans_total';
/** What to check where nothing is known of refused spans. */
export const NO_RECEIVER =
  'No spans have arrived since the Collector and Jaeger started, or they are not scraped: see Targets on the Prometheus dashboard';

/** Spans a second that the Collector and Jaeger refuse. */
export const REFUSED_SPANS = total(REFUSED);

/** The label of spans that were cut, as Prometheus writes it. */
export const CUT = `${TRUNCATED.replace('.', '_')}="true"`;

/**
 * Spans a second of the chosen service that are counted without their name. Their series has no label of the service; its `job` is
 * service.namespace and service.name.
 */
export const UNNAMED = total(SPAN_METRICS.calls, 'otel_metric_overflow="true"', 'job=~"(.+/)?$service"');

export const onTheWay = (): Lines => ({
  kind: 'lines',
  title: 'Spans on their way to storage',
  description:
    'Spans of all services that reach the Collector, those it hands on, and those that Jaeger accepts. What lies between is queued, sampled away or sent twice',
  unit: UNITS.spansPerSecond,
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
    'Spans a second of all services that the Collector or Jaeger refused. Senders try again, so they are late rather than lost, and are counted more than once',
  unit: UNITS.spansPerSecond,
  noData: NO_RECEIVER,
  queries: [
    { expr: total(REFUSED, COLLECTOR), legend: 'refused by the Collector' },
    { expr: total(REFUSED, JAEGER), legend: 'refused by Jaeger' },
  ],
});

export const cut = (): Lines => ({
  kind: 'lines',
  title: 'Spans with attributes that were cut',
  description: `Spans a second of $service with an attribute too long for storage. They are marked with ${TRUNCATED}. The twenty most frequent names`,
  unit: UNITS.spansPerSecond,
  noData: 'No attribute of this service was too long, or it has sent no spans at all',
  queries: [{ expr: `${twentyHighest(spans(['span_name'], RATE, CUT))} # allow open-label`, legend: '{{span_name}}' }],
  links: [toTraces('${service}', `${TRUNCATED}=true`)],
});

export const overflow = (): Lines => ({
  kind: 'lines',
  title: 'Spans beyond the cardinality limit',
  description:
    'Spans a second of $service that are counted without their name, because the limit of collector.spanMetrics.cardinalityLimit is reached. A service that puts ids into span names is the usual reason',
  unit: UNITS.spansPerSecond,
  noData: 'This service has not reached the limit, or has sent no spans at all',
  queries: [{ expr: UNNAMED, legend: 'without a name' }],
});
