import type { CapacitySettings } from '../../config/schema/capacity';
import { bytes, seconds } from '../../config/units';
import type { Settings } from '../settings';
import { of } from './coefficients';
import { blockBytes, headBytes, headMemory } from './needs';
import type { Least, Size } from './size';
import { count, size } from './texts';

const samplesPerSecond = ({ prometheus }: Settings, { series }: CapacitySettings) =>
  series / seconds(prometheus.scrapeInterval);

/** The log and the head count into the size of the retention (Prometheus, tsdb/db.go, BeyondSizeRetention). */
function retention(settings: Settings, capacity: CapacitySettings): Least {
  const { scrapeInterval, retention: kept } = settings.prometheus;
  const rate = samplesPerSecond(settings, capacity);
  const blocks = blockBytes(rate * seconds(kept.time));
  const head = headBytes(rate * of('headHours') * 3600);
  const needed = (blocks + head) * of('margin');
  return {
    value: Math.max(needed, bytes('128Mi')),
    steps: [
      `${count(capacity.series)} series / ${scrapeInterval} = ${count(rate)} samples a second`,
      `${count(rate)} samples a second x ${kept.time} (${count(seconds(kept.time))} s) x ${of('sampleBytes')} bytes = ${size(blocks)} of blocks`,
      `${count(rate)} samples a second x ${of('headHours')} h x ${of('headBytes')} bytes = ${size(head)} of log and head`,
      `(${size(blocks)} + ${size(head)}) x ${of('margin')} = ${size(needed)}`,
    ],
    uses: ['sampleBytes', 'headBytes', 'headHours', 'margin'],
  };
}

/**
 * Room beside the blocks, whatever their size: Prometheus allocates 512 MiB for each file of a block before it writes it (tsdb/chunks,
 * DefaultChunkSegmentSize), and cannot write a block without it; the rest is for the write-ahead log.
 */
const BLOCK_ROOM = 2 ** 30;

/** The least claim for a size of the retention, in bytes. */
export const prometheusClaim = (retentionSize: number): number =>
  Math.max(retentionSize / of('claimShare'), retentionSize + BLOCK_ROOM);

function claim({ prometheus }: Settings): Least {
  const { size: kept } = prometheus.retention;
  const needed = prometheusClaim(bytes(kept));
  return {
    value: needed,
    steps: [`${kept} / ${of('claimShare')}, and at least ${size(BLOCK_ROOM)} more than ${kept} = ${size(needed)}`],
    uses: ['claimShare'],
  };
}

/** A small Prometheus answers queries too. */
const LEAST_MEMORY = 2 ** 30;

function memory(_: Settings, { series }: CapacitySettings): Least {
  const used = headMemory(series);
  const needed = used * of('queries');
  return {
    value: Math.max(needed, LEAST_MEMORY),
    steps: [
      `${of('prometheusMib')} MiB + ${count(series)} series x ${of('seriesBytes')} bytes = ${size(used)}`,
      `${size(used)} x ${of('queries')} = ${size(needed)}, and ${size(LEAST_MEMORY)} or more`,
    ],
    uses: ['prometheusMib', 'seriesBytes', 'queries'],
  };
}

/** A tenth of all series may come from one target, as kube-state-metrics of a large cluster. */
function samples(_: Settings, { series }: CapacitySettings): Least {
  return {
    value: Math.min(Math.max(series / 10, 100_000), 10_000_000),
    steps: [`${count(series)} series / 10, and 100000 or more`],
    uses: [],
  };
}

/** Prometheus'. */
export const PROMETHEUS_SIZES: readonly Size[] = [
  {
    path: 'prometheus.resources.memory',
    otherwise: 'it is killed when its memory runs out, and again when it has read its log',
    kind: 'bytes',
    most: bytes('512Gi'),
    least: memory,
  },
  {
    path: 'prometheus.retention.size',
    otherwise: 'samples are deleted before they are as old as prometheus.retention.time',
    kind: 'bytes',
    most: bytes('64Ti'),
    least: retention,
  },
  {
    path: 'prometheus.storage',
    otherwise: 'the claim is full before the oldest block is deleted, and Prometheus stops',
    kind: 'bytes',
    most: bytes('64Ti'),
    least: claim,
  },
  {
    path: 'prometheus.limits.samples',
    otherwise: null,
    kind: 'count',
    most: 10_000_000,
    least: samples,
  },
];
