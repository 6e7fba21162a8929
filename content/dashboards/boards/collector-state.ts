/** The present state of the Collector. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { ratio } from '../../../metrics/spans';
import { losing } from '../parts/losses';
import { NOT_SCRAPED } from '../parts/no-data';
import { memoryUsed, OF_COLLECTOR, ofPods, perSecond } from '../parts/pods';
import type { Link, Values } from '../spec';
import { UNITS } from '../units';

/** Every exporter of spans but `debug`, which gets a copy. */
const NO_COPY = 'exporter!~"debug(/.*)?"';
const LOST = ['spans', 'metric_points'].map((items) => `otelcol_exporter_send_failed_${items}_total`);
const NO_SPANS_HERE = 'No spans: does any service send to the Collector?';

/** How full queues are, by labels. */
export const fillOf = (by: string): string =>
  `max by (${by}) (${ofPods(OF_COLLECTOR, 'otelcol_exporter_queue_size')} / ${ofPods(OF_COLLECTOR, 'otelcol_exporter_queue_capacity')})`;

/** Where queues and spans go to. */
export const TO_JAEGER: Link = { title: 'Jaeger', dashboard: DASHBOARD_UIDS.jaeger };

const rate = (outcome: string) => perSecond(OF_COLLECTOR, [], `otelcol_receiver_${outcome}_spans_total`);

const up = (): Values => ({
  kind: 'stat',
  title: 'Collectors up',
  description: 'Share of the pods of the Collector that Prometheus can scrape',
  unit: UNITS.share,
  noData: 'No target: is the Collector deployed? See Targets on the Prometheus dashboard',
  limits: { warning: 1, critical: 0.5 },
  links: [{ title: 'Targets', dashboard: DASHBOARD_UIDS.prometheus }],
  queries: [{ expr: `avg(${ofPods(OF_COLLECTOR, 'up')})`, legend: 'up' }],
});

const refused = (): Values => ({
  kind: 'stat',
  title: 'Spans refused',
  description:
    'Share of the spans that reach the Collector and are refused, because a queue is full or memory is short. Senders try again, and give up after a while',
  unit: UNITS.share,
  noData: NO_SPANS_HERE,
  limits: { warning: 0.001, critical: 0.01 },
  queries: [{ expr: ratio(rate('refused'), `(${rate('accepted')} + ${rate('refused')})`), legend: 'refused' }],
});

const lostNow = (): Values => ({
  kind: 'stat',
  title: 'Losing data',
  description:
    'Exporters that have lost spans or metric points in the shown time: a target refused them with an error that is not tried again. The log of the Collector names the reason',
  unit: UNITS.count,
  noData: NOT_SCRAPED,
  limits: { warning: 0.5, critical: 1 },
  queries: [{ expr: losing(OF_COLLECTOR, 'exporter', LOST), legend: 'exporters' }],
});

const fullest = (): Values => ({
  kind: 'stat',
  title: 'Fullest queue',
  description: 'How full the fullest queue on disk is. At 100 % data is refused at the entrance',
  unit: UNITS.share,
  noData: NOT_SCRAPED,
  limits: { warning: 0.5, critical: 0.7 },
  links: [TO_JAEGER],
  queries: [{ expr: `max(${fillOf('exporter')})`, legend: 'full' }],
});

const waiting = (): Values => ({
  kind: 'stat',
  title: 'Waiting',
  description: 'Bytes in all queues on disk: acknowledged to their senders, and not sent yet',
  unit: UNITS.bytes,
  noData: NOT_SCRAPED,
  limits: null,
  links: [TO_JAEGER],
  queries: [{ expr: `sum(${ofPods(OF_COLLECTOR, 'otelcol_exporter_queue_size')})`, legend: 'waiting' }],
});

const spansIn = (): Values => ({
  kind: 'stat',
  title: 'Spans in',
  description: 'Spans that the Collector accepts a second',
  unit: UNITS.spansPerSecond,
  noData: NO_SPANS_HERE,
  limits: null,
  links: [{ title: 'Traces', dashboard: DASHBOARD_UIDS.traces }],
  queries: [{ expr: rate('accepted'), legend: 'in' }],
});

const spansOut = (): Values => ({
  kind: 'stat',
  title: 'Spans out',
  description:
    'Spans that the Collector sends a second, acknowledged by their target. Fewer than those that come in: the queue grows, or a processor drops spans',
  unit: UNITS.spansPerSecond,
  noData: 'No spans were sent since the start: does any arrive, and is the target up?',
  limits: null,
  links: [TO_JAEGER],
  queries: [{ expr: perSecond(OF_COLLECTOR, [], 'otelcol_exporter_sent_spans_total', NO_COPY), legend: 'out' }],
});

/** The state, what is asked first at the front. */
export const collectorState = (): Values[] => [
  up(),
  refused(),
  lostNow(),
  fullest(),
  waiting(),
  // memory_limiter refuses from 60 % of the limit (charts/collector/processors.ts), and CollectorMemoryHigh fires at 85 %.
  memoryUsed(OF_COLLECTOR, { warning: 0.6, critical: 0.85 }),
  spansIn(),
  spansOut(),
];
