/** Panels of Jaeger: spans on their way into the store. */
import { NOT_SCRAPED } from '../parts/no-data';
import { OF_JAEGER, perSecond } from '../parts/pods';
import type { Lines } from '../spec';
import { UNITS } from '../units';
import { NOT_INDEXED, NOT_STORED, TO_COLLECTOR } from './jaeger-state';

const rate = (counter: string) => perSecond(OF_JAEGER, [], counter);

/** What arrives, and what is stored. */
export const written = (): Lines => ({
  kind: 'lines',
  title: 'Spans in and stored',
  description:
    'Spans that arrive a second, and spans that are written. Both are the same as long as the store keeps up',
  unit: UNITS.spansPerSecond,
  noData: 'No spans have arrived since the start: does the Collector send any? See its dashboard',
  links: [TO_COLLECTOR],
  queries: [
    { expr: rate('otelcol_receiver_accepted_spans_total'), legend: 'accepted' },
    { expr: rate('otelcol_exporter_sent_spans_total'), legend: 'stored' },
  ],
});

/** What is not stored. */
export const lost = (): Lines => ({
  kind: 'lines',
  title: 'Refused or not stored',
  description:
    'Spans a second that Jaeger refused, or failed to write: they wait in the queue before Jaeger. What an index refused afterwards is lost. The first failure of a pod is only in "Failing writes", because a rate needs two samples',
  unit: UNITS.spansPerSecond,
  noData: NOT_SCRAPED,
  links: [TO_COLLECTOR],
  queries: [
    { expr: rate('otelcol_receiver_refused_spans_total'), legend: 'refused' },
    { expr: rate(NOT_STORED), legend: 'not stored' },
    { expr: rate(NOT_INDEXED), legend: 'lost by the index' },
  ],
});

/** What each pod takes. */
export const byPod = (): Lines => ({
  kind: 'lines',
  title: 'Spans by pod',
  description: 'Spans that each pod stores a second, and below the axis those that it refuses',
  unit: UNITS.spansPerSecond,
  noData: 'No spans have arrived since the start: does the Collector send any? See its dashboard',
  queries: [
    { expr: perSecond(OF_JAEGER, ['pod'], 'otelcol_exporter_sent_spans_total'), legend: '{{pod}} stored' },
    {
      expr: perSecond(OF_JAEGER, ['pod'], 'otelcol_receiver_refused_spans_total'),
      legend: '{{pod}} refused',
      below: true,
    },
  ],
});
