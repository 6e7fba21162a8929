/** F10: the machine of Jaeger crashes, and what was only in the kernel's memory is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { jaegerOf } from '../../jaeger';
import { crashingDisk, noDisks } from '../disk';
import { type Experiment, type Runs, unmet } from '../experiment';
import { countsOf } from '../ids';
import { randomOf } from '../random';
import { Sender } from './sender';
import { spanRequest, storedSpans } from './spans';

/** Size of the disk: badger maps files of 2 GiB, of which most is a hole. */
const DISK_MIB = 4096;
/** Bounds of the random moment of a power cut, in milliseconds after the first span. */
const [SOONEST, LATEST] = [500, 4000];
/**
 * The load without synced writes: slow, and for longer than the kernel keeps data in memory, which is 30 s and a flush every 5 s
 * (vm.dirty_expire_centisecs, vm.dirty_writeback_centisecs). With more load badger itself writes more often.
 */
const UNSYNCED: Load = { syncWrites: false, milliseconds: 45_000, pause: 200 };

/** The load before a power cut. */
interface Load {
  readonly syncWrites: boolean;
  readonly milliseconds: number;
  /** Milliseconds between two requests of one connection. */
  readonly pause: number;
}

/** What one power cut left. */
interface PowerCut {
  readonly offered: readonly string[];
  readonly acked: readonly string[];
  readonly found: readonly string[];
  /** Seconds before the power cut of the oldest acknowledged span that is lost; 0: none is. */
  readonly lastSeconds: number;
  /** Acknowledged spans a second. */
  readonly rate: number;
  /** Median milliseconds of a request. */
  readonly median: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Cuts the power after some load. */
async function powerCut({ syncWrites, milliseconds, pause }: Load): Promise<PowerCut> {
  const disk = await crashingDisk(DISK_MIB);
  const jaeger = await jaegerOf({ settings: `syncWrites: ${syncWrites}`, folder: disk.folder });
  const sender = new Sender(() => spanRequest(), pause);
  try {
    await jaeger.start();
    sender.start(jaeger.url);
    await sleep(milliseconds);
    // The process stands still while the disk is copied; what it has acknowledged until then counts.
    process.kill(jaeger.running.pid, 'SIGSTOP');
    const [acked, cut] = [[...sender.acked], Date.now()];
    const crashed = await disk.crashed();
    await jaeger.running.end('SIGKILL');
    await sender.stop();
    const found = await readAgain(crashed.folder, sender.offered).finally(() => crashed.remove());
    const known = new Set(found);
    const lost = acked.filter((id) => !known.has(id)).map((id) => cut - (sender.ackedAt.get(id) ?? cut));
    return {
      offered: sender.offered,
      acked,
      found,
      lastSeconds: lost.reduce((most, age) => Math.max(most, age), 0) / 1000,
      rate: (acked.length / milliseconds) * 1000,
      median: median(sender.times),
    };
  } finally {
    await jaeger.running.end('SIGKILL');
    await sender.stop();
    await jaeger.running.stop();
    await disk.remove();
  }
}

/** Opens the disk after the crash with another Jaeger. @throws Error if that does not start */
async function readAgain(folder: string, ids: readonly string[]): Promise<readonly string[]> {
  const jaeger = await jaegerOf({ folder });
  try {
    await jaeger.start();
    return await storedSpans(jaeger.api, ids);
  } finally {
    await jaeger.running.stop();
  }
}

async function synced({ crashes, seed, say }: Runs): Promise<readonly PowerCut[]> {
  const random = randomOf(seed, 'F10');
  const all: PowerCut[] = [];
  for (let crash = 1; crash <= crashes; crash++) {
    all.push(await powerCut({ syncWrites: true, milliseconds: SOONEST + random() * (LATEST - SOONEST), pause: 0 }));
    say(`power cut ${crash} of ${crashes} with syncWrites, after ${all.at(-1)?.acked.length} acknowledged spans`);
  }
  return all;
}

/** The experiment. */
export const jaegerPowerCut: Experiment = {
  id: 'F10',
  title: "Jaeger's machine crashes, with syncWrites: true",
  passes: 'each copy of the disk opens, and with syncWrites no acknowledged span is lost',
  run: async (runs) => {
    const reason = noDisks();
    if (reason !== null) return { notRun: reason };
    const all = await synced(runs);
    const counts = countsOf({
      offered: all.flatMap(({ offered }) => offered),
      acked: all.flatMap(({ acked }) => acked),
      found: all.flatMap(({ found }) => found),
    });
    const fast = await powerCut({ syncWrites: false, milliseconds: LATEST, pause: 0 });
    const unsynced = await powerCut(UNSYNCED);
    const lost = countsOf(unsynced).lost;
    return {
      ...counts,
      spanMetricsError: null,
      failures: unmet({
        'spans were acknowledged': counts.acked > 0,
        'with syncWrites no acknowledged span is lost': counts.lost === 0,
        'without it spans are lost, so that the crash is one': lost > 0,
        'without it what is lost was acknowledged less than 40 s before': unsynced.lastSeconds < 40,
      }),
      figures: [
        `${runs.crashes} power cuts`,
        `without syncWrites the last ${unsynced.lastSeconds.toFixed(0)} s are lost (${lost} of ${unsynced.acked.length} spans)`,
        ...figuresOf('with syncWrites', all),
        ...figuresOf('without', [fast]),
      ],
    };
  },
};

const figuresOf = (what: string, cuts: readonly PowerCut[]): readonly string[] => [
  `${what} ${median(cuts.map(({ rate }) => rate)).toFixed(0)} spans/s and ${median(cuts.map((cut) => cut.median))} ms a request`,
];
