/** F5, F6: the disk under the Collector's queue. */
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Experiment, unmet } from '../experiment';
import { fullDisk, smallDisk } from './disk';
import { SpanPath } from './path';

/** Bytes of a span, so that few fill the disk. */
const LARGE = 4000;
const DISK_MIB = 20;

/** F5. */
export const diskFull: Experiment = {
  id: 'F5',
  title: `the disk of the queue full (${DISK_MIB} MB), and a crash of the Collector meanwhile`,
  passes:
    'it runs on, starts again, refuses with 503, and takes spans again when there is room; all acknowledged ones are in Jaeger',
  run: async () => {
    const disk = await smallDisk(DISK_MIB);
    if ('notRun' in disk) return disk;
    try {
      return await SpanPath.with({ claim: disk.folder }, async (path) => {
        await path.jaeger.end();
        const answered = await path.send(800, 10, LARGE);
        const full = fullDisk(disk.folder);
        const survived = path.collector.running.runs;
        const errors = path.collector.log().match(/no space left on device/g)?.length ?? 0;
        await path.end('SIGKILL');
        await path.start();
        await path.jaeger.start();
        await path.drained();
        const after = await path.send(400, 2);
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

/** The first pages of bbolt's file, which has two copies of its header. */
const HEADER_BYTES = 8192;

/** Writes over the header of each file of a queue. */
function corrupt(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = openSync(join(folder, name), 'r+');
    writeSync(file, Buffer.alloc(HEADER_BYTES, 0xff));
    closeSync(file);
  }
}

const START_WITHIN = 10;

/** F6. The queue is gone: this is a loss that no setting prevents, and it must not be silent. */
export const queueCorrupt: Experiment = {
  id: 'F6',
  title: "the header of the queue's file is overwritten while the Collector is down",
  passes: `it starts within ${START_WITHIN} s, says so in its log, keeps the damaged file, and loses no more than what was queued`,
  run: () =>
    SpanPath.with({}, async (path) => {
      const stored = await path.send(500, 1);
      await path.drained();
      await path.jaeger.end();
      const queued = await path.send(500, 2);
      await path.end('SIGTERM');
      corrupt(path.collector.queue);
      const start = Date.now();
      await path.start();
      const seconds = (Date.now() - start) / 1000;
      const backups = readdirSync(path.collector.queue).filter((name) => name.endsWith('.backup'));
      await path.jaeger.start();
      const after = await path.send(500, 1);
      await path.drained();
      const outcome = await path.outcome([...stored, ...queued, ...after], {}, []);
      const inQueue = queued.filter(({ refusedBy }) => refusedBy === null).flatMap(({ ids }) => ids).length;
      const criteria = {
        [`it starts within ${START_WITHIN} s`]: seconds <= START_WITHIN,
        'the damaged file is kept': backups.length > 0,
        'its log says so': /corrupt/i.test(path.collector.log()),
        'only what was queued is lost': outcome.lost === inQueue,
      };
      const figures = [`started in ${seconds.toFixed(1)} s`, `${outcome.lost} spans are in the .backup file only`];
      return { ...outcome, failures: unmet(criteria), figures };
    }),
};
