/** F5, F6: the disk under the Collector's queue. */
import { closeSync, openSync, readdirSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Experiment, type Outcome, unmet } from '../experiment';
import { fullDisk, smallDisk } from './disk';
import { SpanPath } from './path';
import { sumOfOutcomes } from './sums';

/** Bytes of a span, so that few fill the disk. */
const LARGE = 4000;
const DISK_MIB = 20;

/**
 * F5. A claim that is too small for the queue is refused by synth, so that something else fills the disk here. A Collector that is started
 * while the disk is full drops what it reads from the queue (exporterhelper's persistent queue, `getNextItem`): no setting prevents that.
 */
export const diskFull: Experiment = {
  id: 'F5',
  title: `the disk of the queue full (${DISK_MIB} MB)`,
  passes:
    'it runs on, says why, refuses with 503, and takes spans again when there is room, also after a crash; all acknowledged ones are in Jaeger',
  run: async () => {
    const disk = await smallDisk(DISK_MIB);
    if ('notRun' in disk) return disk;
    try {
      return await SpanPath.with({ claim: disk.folder }, async (path) => {
        await path.jaeger.end();
        const answered = await path.send(800, 8, LARGE);
        const full = fullDisk(disk.folder);
        const survived = path.collector.running.runs;
        const errors = path.collector.log().match(/no space left on device/g)?.length ?? 0;
        await disk.resize(3 * DISK_MIB);
        const after = await path.send(400, 2);
        await path.end('SIGKILL');
        await path.start();
        await path.jaeger.start();
        await path.drained();
        const refused = answered.filter(({ refusedBy }) => refusedBy !== null);
        return path.outcome(
          [...answered, ...after],
          {
            'the disk was full': full,
            'it ran on': survived,
            'its log has the cause': errors > 0,
            'every refusal is a 503': refused.length > 0 && refused.every(({ refusedBy }) => refusedBy === '503'),
            'it takes spans again once there is room': after.every(({ refusedBy }) => refusedBy === null),
          },
          [`${errors} log lines with the cause`],
        );
      });
    } finally {
      await disk.remove();
    }
  },
};

/** The first two pages of bbolt's file: both copies of its header. */
const HEADER_BYTES = 8192;
const START_WITHIN = 10;

/** Writes over a part of each file of a queue. @param to bytes from the start of the file, or its end */
function damage(folder: string, from: number, to = Number.POSITIVE_INFINITY): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const file = openSync(path, 'r+');
    const length = Math.min(to, statSync(path).size) - from;
    writeSync(file, Buffer.alloc(length, 0xff), 0, length, from);
    closeSync(file);
  }
}

/** Fills the queue, ends the Collector, and damages the file. @returns answers: those that are stored, and those that were queued */
async function damaged(path: SpanPath, from: number, to?: number) {
  const stored = await path.send(500, 1);
  await path.drained();
  await path.jaeger.end();
  const queued = await path.send(500, 2);
  await path.end('SIGTERM');
  damage(path.collector.queue, from, to);
  return { stored, queued };
}

/** Goes on after a start. @returns the outcome, with failures of its own only: what was queued is lost */
async function afterDamage(
  path: SpanPath,
  { stored, queued }: Awaited<ReturnType<typeof damaged>>,
  criteria: Readonly<Record<string, boolean>>,
  figures: readonly string[],
): Promise<Outcome> {
  await path.jaeger.start();
  const after = await path.send(500, 1);
  await path.drained();
  const outcome = await path.outcome([...stored, ...queued, ...after], {}, []);
  const inQueue = queued.filter(({ refusedBy }) => refusedBy === null).flatMap(({ ids }) => ids).length;
  const all = { ...criteria, 'no more than what was queued is lost': outcome.lost <= inQueue };
  return {
    ...outcome,
    failures: unmet(all),
    figures: [...figures, `${outcome.lost} spans are in the damaged file only`],
  };
}

/** Pages behind the header are damaged: the Collector puts the file aside, and starts with a new one. */
const pagesDamaged = () =>
  SpanPath.with({}, async (path) => {
    const sent = await damaged(path, HEADER_BYTES);
    const start = Date.now();
    await path.start();
    const seconds = (Date.now() - start) / 1000;
    const backups = readdirSync(path.collector.queue).filter((name) => name.endsWith('.backup'));
    const criteria = {
      [`it starts within ${START_WITHIN} s`]: seconds <= START_WITHIN,
      'the damaged file is kept': backups.length > 0,
      'its log says so': /corrupt/i.test(path.collector.log()),
    };
    return afterDamage(path, sent, criteria, [`pages damaged: started in ${seconds.toFixed(1)} s`]);
  });

/** Both headers are damaged: `recreate` does not cover that, so it does not start until the file is moved away. */
const headerDamaged = () =>
  SpanPath.with({}, async (path) => {
    const sent = await damaged(path, 0, HEADER_BYTES);
    const refused = await path.start().then(
      () => '',
      (error: Error) => error.message,
    );
    await path.end('SIGKILL');
    const files = readdirSync(path.collector.queue);
    for (const name of files)
      renameSync(join(path.collector.queue, name), path.collector.running.path(`${name}.aside`));
    await path.start();
    const criteria = {
      'it does not start, and says why': /invalid database/.test(refused),
      'the damaged file is kept': files.length > 0,
    };
    return afterDamage(path, sent, criteria, ['header damaged: it starts once the file is moved away']);
  });

/** F6. The queue is gone, which no setting prevents; it must not be silent. */
export const queueCorrupt: Experiment = {
  id: 'F6',
  title: "the queue's file is damaged while the Collector is down: its pages, then its header",
  passes: `damaged pages: it starts within ${START_WITHIN} s, says so, and keeps the file; a damaged header: it says why it does not start, and does without the file; no more than what was queued is lost`,
  run: async () => {
    const outcomes = [await pagesDamaged(), await headerDamaged()];
    return sumOfOutcomes(
      outcomes,
      outcomes.flatMap(({ figures }) => figures),
    );
  },
};
