/** The way of telemetry through the Collector: in, out, and what does not get through. */
import { NOT_SCRAPED } from '../parts/no-data';
import { OF_COLLECTOR, ofPods, perSecond } from '../parts/pods';
import type { Lines, Query } from '../spec';
import { UNITS } from '../units';
import { fillOf, TO_JAEGER } from './collector-state';

/** Signals, as the Collector's metrics name them, and in words. */
const SPANS = ['spans', 'spans'] as const;
const POINTS = ['metric_points', 'metric points'] as const;
const RECORDS = ['log_records', 'log records'] as const;

type Signal = typeof SPANS | typeof POINTS | typeof RECORDS;
/** A query for each signal. */
export const bySignal = (query: (signal: Signal[0], words: Signal[1]) => Query): [Query, ...Query[]] => [
  query(...SPANS),
  query(...POINTS),
  query(...RECORDS),
];

const EXPORTER = '{{exporter}}';

const received = (): Lines => ({
  kind: 'lines',
  title: 'In',
  description:
    'What the Collector accepts a second, by signal and protocol. What is accepted is in a queue on disk. Log records are counted and not stored',
  unit: UNITS.itemsPerSecond,
  noData: 'Nothing has arrived since the start: does any service send to the Collector?',
  queries: bySignal((signal, words) => ({
    expr: perSecond(OF_COLLECTOR, ['transport'], `otelcol_receiver_accepted_${signal}_total`),
    legend: `${words}, {{transport}}`,
  })),
});

const stopped = (): Lines => {
  const atReceivers = (outcome: string) =>
    bySignal((signal, words) => ({
      expr: perSecond(OF_COLLECTOR, [], `otelcol_receiver_${outcome}_${signal}_total`),
      legend: `${words} ${outcome}`,
    }));
  const [spans, ...others] = atReceivers('refused');
  return {
    kind: 'lines',
    title: 'Refused, failed, lost',
    description:
      'Refused: a queue is full or memory is short, and the sender tries again, so that rates made from spans are too high meanwhile. Failed: an error inside the Collector, and the data is lost unless the sender tries again. Lost: a target refused it for good; the first loss of an exporter is only in "Losing data", because a rate needs two samples',
    unit: UNITS.itemsPerSecond,
    noData: 'Nothing has arrived since the start: does any service send to the Collector?',
    queries: [
      spans,
      ...others,
      ...atReceivers('failed'),
      ...bySignal((signal, words) => ({
        expr: perSecond(OF_COLLECTOR, ['exporter'], `otelcol_exporter_send_failed_${signal}_total`),
        legend: `${EXPORTER} ${words} lost`,
      })),
    ],
  };
};

const sent = (): Lines => ({
  kind: 'lines',
  title: 'Out',
  description: 'What each exporter sends a second, acknowledged by its target',
  unit: UNITS.itemsPerSecond,
  noData: 'Nothing was sent since the start: does anything arrive, and is the target up?',
  links: [TO_JAEGER],
  queries: bySignal((signal, words) => ({
    expr: perSecond(OF_COLLECTOR, ['exporter'], `otelcol_exporter_sent_${signal}_total`),
    legend: `${EXPORTER} ${words}`,
  })),
});

const fill = (): Lines => ({
  kind: 'lines',
  title: 'Queue fill',
  description:
    'Share of its queue that each exporter uses, in the pod with the largest share. It grows while the target is down or slow, and falls afterwards',
  unit: UNITS.share,
  noData: NOT_SCRAPED,
  max: 1,
  limits: { warning: 0.5, critical: 0.7 },
  links: [TO_JAEGER],
  queries: [{ expr: fillOf('exporter, data_type'), legend: `${EXPORTER} {{data_type}}` }],
});

const waiting = (): Lines => ({
  kind: 'lines',
  title: 'Bytes in the queues',
  description: 'What waits on disk: acknowledged to its sender, and not sent yet',
  unit: UNITS.bytes,
  noData: NOT_SCRAPED,
  links: [TO_JAEGER],
  queries: [
    {
      expr: `sum by (exporter, data_type) (${ofPods(OF_COLLECTOR, 'otelcol_exporter_queue_size')})`,
      legend: `${EXPORTER} {{data_type}}`,
    },
  ],
});

const notQueued = (): Lines => ({
  kind: 'lines',
  title: 'Not queued',
  description:
    'What found its queue or the disk full, a second. The Collector asks its sender to try again; metrics that it makes itself are lost',
  unit: UNITS.itemsPerSecond,
  noData: 'None: no queue was full since the Collector started',
  queries: bySignal((signal, words) => ({
    expr: perSecond(OF_COLLECTOR, ['exporter'], `otelcol_exporter_enqueue_failed_${signal}_total`),
    legend: `${EXPORTER} ${words} not queued`,
  })),
});

/** In, out, and what does not get through. */
export const collectorFlow = (): Lines[] => [received(), stopped(), sent()];
/** The queues. */
export const collectorQueues = (): Lines[] => [fill(), waiting(), notQueued()];
