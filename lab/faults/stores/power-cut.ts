/** Power cuts: a program acknowledges spans, its machine crashes, and what was only in the kernel's memory is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../../running';
import { crashingDisk } from '../disk';
import { Sender } from './sender';
import { spanRequest } from './spans';

/** A program that stores what it acknowledges on a disk. */
export interface Subject {
  /** As `Jaeger`. */
  readonly name: string;
  /** Size of its disk. */
  readonly mebibytes: number;
  /** Prepares it. @param folder of the disk */
  on(folder: string, syncWrites: boolean): Promise<Victim>;
  /** Opens the disk after the crash. @returns ids of all spans that are there, of those that were sent */
  readAgain(folder: string, ids: readonly string[]): Promise<Found>;
}

/** Such a program, until the crash. */
interface Victim {
  readonly running: Pick<Running, 'pid' | 'end' | 'stop'>;
  /** Where spans are sent to. */
  readonly url: string;
  start(): Promise<unknown>;
}

/** What was on the disk after a crash. */
export interface Found {
  readonly found: readonly string[];
  /** Why the disk could not be opened; null: it could. */
  readonly unopened: string | null;
}

/** The load before a power cut. */
export interface Load {
  readonly milliseconds: number;
  /** Milliseconds between two requests of one connection. */
  readonly pause: number;
}

/** What one power cut left. */
export interface PowerCut extends Found {
  readonly offered: readonly string[];
  readonly acked: readonly string[];
  /** Seconds before the power cut of the oldest acknowledged span that is lost; 0: none is. */
  readonly lastSeconds: number;
  /** Acknowledged spans a second. */
  readonly rate: number;
  /** Median milliseconds of a request. */
  readonly median: number;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Cuts the power after some load. */
export async function powerCut(
  subject: Subject,
  syncWrites: boolean,
  { milliseconds, pause }: Load,
): Promise<PowerCut> {
  const disk = await crashingDisk(subject.mebibytes);
  const victim = await subject.on(disk.folder, syncWrites);
  const sender = new Sender(() => spanRequest(), pause);
  try {
    await victim.start();
    sender.start(victim.url);
    await sleep(milliseconds);
    // The process stands still while the disk is copied; what it has acknowledged until then counts.
    process.kill(victim.running.pid, 'SIGSTOP');
    const [acked, cut] = [[...sender.acked], Date.now()];
    const crashed = await disk.crashed();
    await victim.running.end('SIGKILL');
    await sender.stop();
    const left = await subject.readAgain(crashed.folder, sender.offered).finally(() => crashed.remove());
    const known = new Set(left.found);
    const lost = acked.filter((id) => !known.has(id)).map((id) => cut - (sender.ackedAt.get(id) ?? cut));
    return {
      ...left,
      offered: sender.offered,
      acked,
      lastSeconds: lost.reduce((most, age) => Math.max(most, age), 0) / 1000,
      rate: (acked.length / milliseconds) * 1000,
      median: median(sender.times),
    };
  } finally {
    await victim.running.end('SIGKILL');
    await sender.stop();
    await victim.running.stop();
    await disk.remove();
  }
}
