/** F14: the end of Prometheus' write-ahead log is damaged. */
import { closeSync, openSync, readdirSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Experiment, unmet } from '../experiment';
import { added, countsOf } from '../ids';
import { randomOf } from '../random';
import { metricRequests } from './metrics';
import { storePrometheus } from './prometheus';
import { storedSamples } from './prometheus-killed';
import { Sender } from './sender';

/** Milliseconds of load before each damage. */
const LOAD = 3000;

/** Damages the end of the last segment. @param share of the segment, from 0 to 1, at which the damage begins */
type Damage = (file: string, share: number) => void;

const offsetOf = (file: string, share: number) => Math.floor(statSync(file).size * share);

/** Bytes of a page of the log, and of the header of a record: its type, two bytes of its length, its checksum (tsdb/docs/format/wal.md). */
const [PAGE, HEADER] = [32 * 1024, 7];

/** The middle of the record at an offset of a segment: a log that ends between two records is one that Prometheus cannot know to be damaged. */
export function withinRecord(segment: Buffer, offset: number): number {
  let record = Math.floor(offset / PAGE) * PAGE;
  for (;;) {
    const length = segment.readUInt16BE(record + 1);
    const end = record + HEADER + length;
    // The rest of a page may be empty.
    if (end > offset || end + HEADER > segment.length || ((segment[end] ?? 0) & 7) === 0)
      return record + HEADER + Math.floor(length / 2);
    record = end;
  }
}

const DAMAGES: Readonly<Record<string, Damage>> = {
  'cut off': (file, share) => truncateSync(file, withinRecord(readFileSync(file), offsetOf(file, share))),
  overwritten: (file, share) => {
    const open = openSync(file, 'r+');
    writeSync(open, Buffer.alloc(64, 0xff), 0, 64, offsetOf(file, share));
    closeSync(open);
  },
};

/** The last segment of a log. */
function lastSegment(data: string): string {
  const wal = join(data, 'wal');
  const last = readdirSync(wal)
    .filter((name) => /^\d{8}$/.test(name))
    .sort()
    .at(-1);
  if (last === undefined) throw new Error(`${wal} has no segment`);
  return join(wal, last);
}

/**
 * How far the acknowledged samples are from "all before the damage, none after it": from the first lost one to the last stored one, in
 * samples.
 */
function disorder(acked: readonly string[], found: readonly string[]): number {
  const known = new Set(found);
  const firstLost = acked.findIndex((id) => !known.has(id));
  const lastStored = acked.reduce((last, id, index) => (known.has(id) ? index : last), -1);
  return firstLost === -1 ? 0 : Math.max(0, lastStored - firstLost);
}

/** Samples of all requests that are under way at the same time: the log has them in another order than their answers. */
const UNDER_WAY = 80;

/** What one damage has left. */
interface Damaged extends Awaited<ReturnType<typeof damaged>> {
  readonly what: string;
  readonly share: number;
}

/** Damages the log once. */
async function damaged(damage: Damage, share: number) {
  const prometheus = await storePrometheus();
  const sender = new Sender(metricRequests());
  try {
    await prometheus.start();
    sender.start(prometheus.url);
    await sleep(LOAD);
    await prometheus.running.end('SIGKILL');
    await sender.stop();
    const before = sender.acked.length;
    damage(lastSegment(prometheus.data), share);
    const ready = await prometheus.start();
    const corruptions = await prometheus.metric('prometheus_tsdb_wal_corruptions_total');
    const found = await storedSamples(prometheus);
    const accepts = await sender.send(prometheus.url);
    return { offered: sender.offered, acked: sender.acked.slice(0, before), found, ready, corruptions, accepts };
  } finally {
    await sender.stop();
    await prometheus.running.stop();
  }
}

/** How much less than the share of the segment may be there: a damage takes the whole page, and pages are read as one. */
const TOLERANCE = 0.1;

/** Criteria of one damage that were not met. */
export function unmetOf(damage: Omit<Damaged, 'offered' | 'ready'>): readonly string[] {
  const { what, share, acked, found, corruptions, accepts } = damage;
  const { stored } = countsOf({ offered: acked, acked, found });
  return unmet({
    [`${what}: the corruption is counted`]: corruptions > 0,
    [`${what}: samples before the damage are there`]: stored >= acked.length * (share - TOLERANCE) && stored > 0,
    [`${what}: only samples behind the damage are lost`]: disorder(acked, found) <= UNDER_WAY,
    [`${what}: it accepts samples again`]: accepts,
  });
}

/** The experiment. */
export const prometheusWal: Experiment = {
  id: 'F14',
  title: "The end of Prometheus' write-ahead log is damaged (lost: what was behind the damage)",
  passes: 'it starts, counts the corruption, has every sample before the damage, and accepts new ones',
  run: async ({ seed, say }) => {
    const random = randomOf(seed, 'F14');
    const all: Damaged[] = [];
    for (const [what, damage] of Object.entries(DAMAGES)) {
      const share = 0.5 + random() * 0.45;
      all.push({ what, share, ...(await damaged(damage, share)) });
      say(`${what} at ${Math.round(share * 100)} % of the last segment`);
    }
    const counts = all.map(countsOf).reduce((sum, each) => added(sum, each));
    return {
      ...counts,
      spanMetricsError: null,
      failures: all.flatMap(unmetOf),
      figures: all.map(
        ({ what, share, acked, found, ready }) =>
          `${what} at ${Math.round(share * 100)} %: ${Math.round((found.length / acked.length) * 100)} % are there, ready after ${ready.toFixed(1)} s`,
      ),
    };
  },
};
