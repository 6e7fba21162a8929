/** Panels of the Collector: received telemetry. */
import { ratio, selector } from '../../../metrics/spans';
import { COLLECTOR } from '../parts/jobs';
import { NONE_YET, NOT_SCRAPED } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Query, Values } from '../spec';

/** Signals, as the Collector's metrics name them. */
export const SIGNALS = [
  ['spans', 'spans'],
  ['metric_points', 'metric points'],
  ['log_records', 'log records'],
] as const;

/** The rate of a counter of the Collector. */
export const perSecond = (by: string, counter: string): string =>
  `sum by (${by}) (rate(${selector(counter, COLLECTOR)}[${RATE}]))`;

const received = (outcome: string): [Query, ...Query[]] => {
  const query = ([signal, words]: (typeof SIGNALS)[number]): Query => ({
    expr: perSecond('transport', `otelcol_receiver_${outcome}_${signal}_total`),
    legend: `${words}, {{transport}}`,
  });
  return [query(SIGNALS[0]), query(SIGNALS[1]), query(SIGNALS[2])];
};

const share = (by: string, outcome: string, signal: string) => {
  const of = (which: string) => perSecond(by, `otelcol_receiver_${which}_${signal}_total`);
  return ratio(of(outcome), `(${of('accepted')} + ${of(outcome)})`);
};

export const refusedNow = (): Values => ({
  kind: 'stat',
  title: 'Spans refused',
  description:
    'Share of the spans that reach the Collector and are refused, because its queue is full or its memory short',
  unit: 'percentunit',
  noData: 'No spans: does any service send to the Collector?',
  width: 8,
  limits: { warning: 0.001, critical: 0.01 },
  queries: [{ expr: share('job', 'refused', 'spans'), legend: 'refused' }],
});

export const accepted = (): Lines => ({
  kind: 'lines',
  title: 'Accepted',
  description: 'What the Collector took in a second, by signal and protocol. What is accepted is in the queue on disk',
  unit: 'ops',
  noData: NOT_SCRAPED,
  queries: received('accepted'),
});

export const refusedShare = (): Lines => ({
  kind: 'lines',
  title: 'Refused',
  description:
    'What the Collector refused a second. Senders try again for a while: what is counted from spans is too high meanwhile',
  unit: 'ops',
  noData: NONE_YET,
  queries: received('refused'),
});

export const receiverFailed = (): Lines => ({
  kind: 'lines',
  title: 'Failed inside',
  description:
    'What was taken in and failed in a processor or exporter before it was in the queue. It is lost unless the sender tries again',
  unit: 'ops',
  noData: NONE_YET,
  queries: received('failed'),
});

export const limited = (): Lines => ({
  kind: 'lines',
  title: 'Refused by the memory limiter',
  description: 'What was refused to save memory. It needs more memory, more replicas, or fewer senders',
  unit: 'ops',
  noData: 'None: the memory limiter has never refused anything since the Collector started',
  queries: [
    { expr: perSecond('pod', 'otelcol_processor_memory_limiter_refused_spans_total'), legend: '{{pod}} spans' },
    {
      expr: perSecond('pod', 'otelcol_processor_memory_limiter_refused_metric_points_total'),
      legend: '{{pod}} metric points',
    },
    {
      expr: perSecond('pod', 'otelcol_processor_memory_limiter_refused_log_records_total'),
      legend: '{{pod}} log records',
    },
  ],
});

export const processed = (): Lines => ({
  kind: 'lines',
  title: 'Dropped by processors',
  description:
    'What goes into a processor less what comes out of it, a second. A filter drops on purpose; a batch that waits is not lost',
  unit: 'ops',
  noData: NOT_SCRAPED,
  min: null,
  queries: [
    {
      expr: `${perSecond('processor, otel_signal', 'otelcol_processor_incoming_items_total')} - ${perSecond('processor, otel_signal', 'otelcol_processor_outgoing_items_total')}`,
      legend: '{{processor}} {{otel_signal}}',
    },
  ],
});
