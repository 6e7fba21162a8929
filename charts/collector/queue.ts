/** The durable queue of an exporter. */
import { bytes } from '../../config/units';
import type { CollectorSettings } from './schema';

/** The extension that stores the queues on the claim. */
export const QUEUE_STORAGE = 'file_storage/queue';

/** Where the claim is mounted. */
export const QUEUE_PATH = '/var/lib/otelcol';

/**
 * Settings of the queue's storage: a separate folder, compacted when the queue has drained, and recreated if it is corrupt.
 *
 * Without `fsync` a write is only in the kernel's memory until the kernel writes it: it survives a crash of the Collector, and none of the node.
 */
export const queueStorage = ({ syncWrites }: CollectorSettings['queue']) => ({
  directory: `${QUEUE_PATH}/queue`,
  create_directory: true,
  recreate: true,
  // The lock of a terminating pod must not make the next one fail.
  timeout: '10s',
  compaction: { directory: `${QUEUE_PATH}/compaction`, on_start: true, on_rebound: true, cleanup_on_start: true },
  ...(syncWrites && { fsync: true }),
});

/**
 * Lets an exporter lose no acknowledged data: the queue is on disk, and retries never end. There is no `batch` processor before it, because
 * that acknowledges data which it may lose (opentelemetry-collector#12443).
 *
 * A retry comes after at most 7.5 s (`max_interval` and half of it), so that a store which is back has its data within 10 s.
 *
 * The queue makes no batches of requests either: each goes on as it came, so that one which the store refuses holds up no other. A batch
 * would also cost a copy of each span and keep more on disk at once, which bbolt then writes again with every change (measured: a third of
 * the CPU time of a Collector that does nothing else).
 * @param size bytes that the queue may hold, as `1Gi`
 */
export const durable = (size: string) => ({
  // The largest request is 80,000 spans, which a slow store writes in half a minute.
  timeout: '60s',
  retry_on_failure: { enabled: true, initial_interval: '1s', max_interval: '5s', max_elapsed_time: '0s' },
  sending_queue: {
    enabled: true,
    storage: QUEUE_STORAGE,
    sizer: 'bytes',
    queue_size: bytes(size),
    num_consumers: 10,
  },
});

/**
 * The same, with requests split that are too large for their destination.
 * @param largest bytes of the largest request
 */
export function durableInParts(size: string, largest: number) {
  const { sending_queue, ...settings } = durable(size);
  const batch = { flush_timeout: '200ms', sizer: 'bytes', min_size: Math.min(2 ** 20, largest), max_size: largest };
  return { ...settings, sending_queue: { ...sending_queue, batch } };
}
