/** F5: the disk under the Collector's queue is full. */
import { type Disk, fullDisk, noDisks, smallDisk } from '../disk';
import { type Experiment, type Outcome, unmet } from '../experiment';
import { SpanPath } from './path';
import { sumOfOutcomes } from './sums';

/** Bytes of a span, so that few fill the disk. */
const LARGE = 4000;
const DISK_MIB = 20;
/** How it says why. */
const CAUSE = /no space left on device/g;

/** Makes a path whose queue is on a small disk, and fills it while Jaeger is away. */
async function onSmallDisk(
  does: (path: SpanPath, disk: Disk, filled: Awaited<ReturnType<SpanPath['send']>>) => Promise<Outcome>,
): Promise<Outcome> {
  const disk = await smallDisk(DISK_MIB);
  try {
    return await SpanPath.with({ claim: disk.folder }, async (path) => {
      await path.jaeger.end();
      return does(path, disk, await path.send(800, 8, LARGE));
    });
  } finally {
    await disk.remove();
  }
}

const causesIn = (log: string) => log.match(CAUSE)?.length ?? 0;

/** The Collector runs on, the disk grows, and then it crashes. */
const grown = () =>
  onSmallDisk(async (path, disk, answered) => {
    const full = fullDisk(disk.folder);
    const survived = path.collector.running.runs;
    const errors = causesIn(path.collector.log());
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

/** The Collector ends while the disk is full, and is started on it. What is lost is not judged, but it is counted, and must be said. */
const started = () =>
  onSmallDisk(async (path, disk, answered) => {
    await path.end('SIGTERM');
    const full = fullDisk(disk.folder);
    const before = path.collector.log().length;
    await path.start();
    await path.jaeger.start();
    await path.drained();
    const errors = causesIn(path.collector.log().slice(before));
    await disk.resize(3 * DISK_MIB);
    // What is still in the file would come now.
    await path.end('SIGTERM');
    await path.start();
    const after = await path.send(400, 2);
    await path.drained();
    const { failures, ...outcome } = await path.outcome([...answered, ...after], {}, []);
    const queued = answered.filter(({ refusedBy }) => refusedBy === null).flatMap(({ ids }) => ids).length;
    return {
      ...outcome,
      failures: unmet({
        'started on a full disk: the disk was full': full,
        'started on a full disk: its log has the cause': errors > 0,
        'started on a full disk: no more is lost than what was queued': outcome.lost <= queued,
        'started on a full disk: it takes spans again once there is room': after.every(
          ({ refusedBy }) => refusedBy === null,
        ),
      }),
      figures: [
        `started on the full disk: ${outcome.lost} of ${queued} queued spans lost, ${errors} log lines with the cause`,
      ],
    };
  });

/**
 * F5. A claim that is too small for the queue is refused by synth, so that something else fills the disk here. A Collector that is started
 * while the disk is full drops what it reads from the queue (exporterhelper's persistent queue, `getNextItem`): no setting prevents that.
 */
export const diskFull: Experiment = {
  id: 'F5',
  title: `the disk of the queue full (${DISK_MIB} MB) (lost: where the Collector is started on it)`,
  passes:
    'it runs on, says why, refuses with 503, and takes spans again when there is room, also after a crash; all acknowledged ones are in Jaeger. Started on the full disk it says why, and what is lost is counted',
  run: async () => {
    const notRun = noDisks();
    if (notRun !== null) return { notRun };
    const outcomes = [await grown(), await started()];
    return sumOfOutcomes(
      outcomes,
      outcomes.flatMap(({ figures }) => figures),
    );
  },
};
