/** F4, F8, F20: what a sender meets. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../commands';
import type { Answered } from '../../span-load';
import type { Experiment } from '../experiment';
import { SpanPath } from './path';
import { proxyTo, type SlowProxy } from './proxy';

/** A queue that is full after seconds. */
const SMALL_QUEUE = 'collector: {queue: {size: 16Mi}}';
/** Bytes of a span, so that few fill the queue. */
const LARGE = 4000;
/** Seconds after which the kubelet kills a pod that does not end: `stopSeconds` of charts/collector. */
const GRACE = 60;

const causesOf = (answered: readonly Answered[]) => [...new Set(answered.flatMap(({ refusedBy }) => refusedBy ?? []))];

/** Of 100 answers, 99 came sooner, in milliseconds. */
export function p99(answered: readonly Answered[]): number {
  const sorted = answered.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
}

/** F4. */
export const queueFull: Experiment = {
  id: 'F4',
  title: 'Jaeger away until the queue is full (16 MiB)',
  passes: 'refusals are retryable (503) and counted, all acknowledged spans are in Jaeger',
  run: () =>
    SpanPath.with({ environment: SMALL_QUEUE }, async (path) => {
      await path.jaeger.end();
      // Twice what fits.
      const answered = await path.send(800, 10, LARGE);
      const counted = await path.own('otelcol_exporter_enqueue_failed_spans_total');
      await path.jaeger.start();
      const drained = await path.drained();
      const after = await path.send(500, 2);
      await path.drained();
      const refused = answered.filter(({ refusedBy }) => refusedBy !== null).flatMap(({ ids }) => ids).length;
      return path.outcome(
        [...answered, ...after],
        {
          'every refusal is a 503': causesOf(answered).join() === '503',
          'the counter of refusals has each span': counted === refused,
          'all is acknowledged again once there is room': causesOf(after).length === 0,
        },
        [`refused with ${causesOf(answered).join(', ')}`, `drained in ${drained.toFixed(1)} s`],
      );
    }),
};

/** F8. */
export const collectorTerminated: Experiment = {
  id: 'F8',
  title: 'SIGTERM to the Collector under load, and a new one (rolling update)',
  passes: `all acknowledged spans are in Jaeger, exit within ${GRACE} s`,
  run: () =>
    SpanPath.with({ flushesAsRendered: true }, async (path) => {
      const load = path.send(500, 10);
      await sleep(4000);
      const took = await path.end('SIGTERM');
      await path.start();
      const answered = await load;
      await path.drained();
      return path.outcome(
        answered,
        {
          [`it has ended within ${GRACE} s`]: took < GRACE,
          'what was not acknowledged got no answer or a 503': causesOf(answered).every((cause) =>
            ['no-answer', '503'].includes(cause),
          ),
        },
        [`exit after ${took.toFixed(1)} s`, `refused by ${causesOf(answered).join(', ') || 'nothing'}`],
      );
    }),
};

/** Seconds by which each answer of Jaeger is late. */
const LATE = 3;

/** F20. */
export const slowBackend: Experiment = {
  id: 'F20',
  title: `Jaeger answers ${LATE} s late`,
  passes:
    'senders are answered within 1 s (99 %), nothing is lost, the queue passes the threshold of its alert before it is full',
  run: async () => {
    let proxy: SlowProxy | undefined;
    const between = async (address: string) => {
      proxy = await proxyTo(address, LATE * 1000);
      return proxy.address;
    };
    try {
      return await SpanPath.with({ environment: SMALL_QUEUE, between }, async (path) => {
        const load = path.send(800, 10, LARGE);
        const share = async () => (await path.queued()) / (await path.own('otelcol_exporter_queue_capacity'));
        await until(async () => (await share()) > ALARM, `the queue to be fuller than ${ALARM * 100} %`, 60);
        const refusedYet = await path.own('otelcol_exporter_enqueue_failed_spans_total');
        const answered = await load;
        proxy?.setDelay(0);
        await path.drained();
        return path.outcome(
          answered,
          {
            'of 100 senders 99 are answered within 1 s': p99(answered) <= 1000,
            [`nothing is refused before the queue is ${ALARM * 100} % full`]: refusedYet === 0,
            'every refusal is a 503': causesOf(answered).every((cause) => cause === '503'),
          },
          [`p99 of senders ${p99(answered)} ms`],
        );
      });
    } finally {
      await proxy?.stop();
    }
  },
};

/** CollectorQueueFills fires above this share (charts/collector/alerts/queues.ts). */
const ALARM = 0.7;
