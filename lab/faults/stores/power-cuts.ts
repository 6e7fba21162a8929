/** F10: the machine of Jaeger, and that of the Collector, crashes. */
import { noDisks } from '../disk';
import { type Counts, type Experiment, type Runs, unmet } from '../experiment';
import { added, countsOf } from '../ids';
import { randomOf } from '../random';
import { jaegerOnDisk } from './jaeger-power-cut';
import { type Load, median, type PowerCut, powerCut, type Subject } from './power-cut';
import { queueOnDisk } from './queue-power-cut';

/** Bounds of the random moment of a power cut, in milliseconds after the first span. */
const [SOONEST, LATEST] = [500, 4000];
/**
 * A load without synced writes: slow, and for longer than the kernel keeps data in memory, which is 30 s and a flush every 5 s
 * (vm.dirty_expire_centisecs, vm.dirty_writeback_centisecs). With more load badger itself writes more often.
 */
const SLOW_AND_LONG: Load = { milliseconds: 45_000, pause: 200 };

/** The longest that the kernel keeps what it has not written. */
const KERNEL_SECONDS = 40;

const totalOf = (cuts: readonly PowerCut[]): Counts => cuts.map(countsOf).reduce((sum, each) => added(sum, each));

const lossOf = (cut: PowerCut): string =>
  `${countsOf(cut).lost} of ${cut.acked.length} lost, ${cut.unopened ?? `those of the last ${cut.lastSeconds.toFixed(0)} s`}`;

const costOf = (cuts: readonly PowerCut[]): string =>
  `${median(cuts.map(({ rate }) => rate)).toFixed(0)} spans/s and ${median(cuts.map((cut) => cut.median))} ms a request`;

/** Cuts the power at random moments, each write synced before it is acknowledged. */
export async function synced(subject: Subject, { crashes, seed, say }: Runs) {
  const random = randomOf(seed, `F10 ${subject.name}`);
  const cuts: PowerCut[] = [];
  for (let crash = 1; crash <= crashes; crash++) {
    const cut = await powerCut(subject, true, { milliseconds: SOONEST + random() * (LATEST - SOONEST), pause: 0 });
    cuts.push(cut);
    say(
      `${subject.name}: power cut ${crash} of ${crashes} with syncWrites, after ${cut.acked.length} acknowledged spans`,
    );
  }
  const counts = totalOf(cuts);
  return {
    counts,
    failures: unmet({
      [`${subject.name}: spans were acknowledged`]: counts.acked > 0,
      [`${subject.name}: with syncWrites each disk opens`]: cuts.every(({ unopened }) => unopened === null),
      [`${subject.name}: with syncWrites no acknowledged span is lost`]: counts.lost === 0,
    }),
    figures: [
      `${subject.name} with syncWrites: ${counts.lost} of ${counts.acked} lost in ${crashes} power cuts, ${costOf(cuts)}`,
    ],
  };
}

/** Cuts the power with the default settings: under full load, and after a long time. */
async function unsynced(subject: Subject, { say }: Runs) {
  const cuts: PowerCut[] = [];
  for (const load of [{ milliseconds: LATEST, pause: 0 }, SLOW_AND_LONG]) {
    const cut = await powerCut(subject, false, load);
    cuts.push(cut);
    say(`${subject.name}: power cut without syncWrites, ${lossOf(cut)}`);
  }
  const counts = totalOf(cuts);
  return {
    counts,
    failures: unmet({
      [`${subject.name}: without syncWrites spans are lost, so that the crash is one`]: counts.lost > 0,
      [`${subject.name}: what is lost without it was acknowledged less than ${KERNEL_SECONDS} s before, if the disk opens`]:
        cuts.every(({ unopened, lastSeconds }) => unopened !== null || lastSeconds < KERNEL_SECONDS),
    }),
    figures: [`${subject.name} without: ${cuts.map(lossOf).join('; ')}; ${costOf(cuts.slice(0, 1))}`],
  };
}

/** The experiment. */
export const powerCuts: Experiment = {
  id: 'F10',
  title:
    'The machine of Jaeger, or of the Collector while Jaeger is away, crashes (lost: without syncWrites, the default)',
  passes:
    'with syncWrites each disk opens and no acknowledged span is lost; without it only the last seconds are, which are counted',
  run: async (runs) => {
    const reason = noDisks();
    if (reason !== null) return { notRun: reason };
    const parts = [];
    for (const subject of [jaegerOnDisk, queueOnDisk])
      parts.push(await synced(subject, runs), await unsynced(subject, runs));
    return {
      ...parts.map(({ counts }) => counts).reduce((sum, each) => added(sum, each)),
      spanMetricsError: null,
      failures: parts.flatMap(({ failures }) => failures),
      figures: parts.flatMap(({ figures }) => figures),
    };
  },
};
