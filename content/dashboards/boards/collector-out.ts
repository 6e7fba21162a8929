/** Panels of the Collector: queues and exporters. */
import { COLLECTOR } from '../parts/jobs';
import { NONE_YET, NOT_SCRAPED } from '../parts/no-data';
import type { Lines, Query, Values } from '../spec';
import { perSecond, SIGNALS } from './collector-in';

const EXPORTER = '{{exporter}}';
const BY = 'exporter, data_type';
const fillOf = (by: string) =>
  `max by (${by}) (otelcol_exporter_queue_size{${COLLECTOR}} / otelcol_exporter_queue_capacity{${COLLECTOR}})`;

const exported = (outcome: string): [Query, ...Query[]] => {
  const query = ([signal, words]: (typeof SIGNALS)[number]): Query => ({
    expr: perSecond('exporter', `otelcol_exporter_${outcome}_${signal}_total`),
    legend: `${EXPORTER} ${words}`,
  });
  return [query(SIGNALS[0]), query(SIGNALS[1]), query(SIGNALS[2])];
};

export const fillNow = (): Values => ({
  kind: 'stat',
  title: 'Fullest queue',
  description: 'How full the fullest queue on disk is. From 1 on data is refused at the entrance',
  unit: 'percentunit',
  noData: NOT_SCRAPED,
  width: 8,
  limits: { warning: 0.5, critical: 0.7 },
  queries: [{ expr: fillOf('job'), legend: 'full' }],
});

export const sent = (): Lines => ({
  kind: 'lines',
  title: 'Sent',
  description: 'What each exporter handed on a second, acknowledged by its receiver',
  unit: 'ops',
  noData: NOT_SCRAPED,
  queries: exported('sent'),
});

export const failed = (): Lines => ({
  kind: 'lines',
  title: 'Failed for good',
  description: 'What a receiver refused for good, a second: it is lost. The log of the Collector names the reason',
  unit: 'ops',
  noData: NONE_YET,
  queries: exported('send_failed'),
});

export const fill = (): Lines => ({
  kind: 'lines',
  title: 'Queue fill by exporter',
  description:
    'Share of the queue that is taken. It grows while the receiver is down or slow, and is emptied afterwards',
  unit: 'percentunit',
  noData: NOT_SCRAPED,
  max: 1,
  limits: { warning: 0.5, critical: 0.7 },
  queries: [{ expr: fillOf(`pod, ${BY}`), legend: `{{pod}} ${EXPORTER} {{data_type}}` }],
});

export const waiting = (): Lines => ({
  kind: 'lines',
  title: 'Bytes in the queue',
  description: 'What waits on disk, acknowledged to its sender and not yet handed on',
  unit: 'bytes',
  noData: NOT_SCRAPED,
  queries: [
    { expr: `sum by (${BY}) (otelcol_exporter_queue_size{${COLLECTOR}})`, legend: `${EXPORTER} {{data_type}}` },
  ],
});

export const notQueued = (): Lines => ({
  kind: 'lines',
  title: 'Not queued',
  description: 'What found the queue full, a second. Its sender was told so, and tries again',
  unit: 'ops',
  noData: NONE_YET,
  queries: exported('enqueue_failed'),
});

export const inFlight = (): Lines => ({
  kind: 'lines',
  title: 'Requests in flight',
  description:
    'Requests that exporters wait for. Many that do not end, with nothing sent, are a queue that is stuck at its head',
  unit: 'short',
  noData: NOT_SCRAPED,
  queries: [
    {
      expr: `sum by (${BY}) (otelcol_exporter_in_flight_requests{${COLLECTOR}})`,
      legend: `${EXPORTER} {{data_type}}`,
    },
  ],
});
