/** A disk that is small: a tmpfs. */
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, must } from '../../commands';
import type { NotRun } from '../experiment';

/** One that is mounted. */
export interface SmallDisk {
  readonly folder: string;
  /** Gives it another size, in MiB. */
  resize(mebibytes: number): Promise<void>;
  remove(): Promise<void>;
}

/** Mounts one, or says why that is not possible here. */
export async function smallDisk(mebibytes: number): Promise<SmallDisk | NotRun> {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const { code, output } = await ask('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]);
  if (code !== 0) {
    rmdirSync(folder);
    return { notRun: `a disk of ${mebibytes} MiB cannot be mounted, which needs root on Linux: ${output.trim()}` };
  }
  return {
    folder,
    resize: async (next) => {
      await must('mount', ['-o', `remount,size=${next}m`, folder]);
    },
    remove: async () => {
      await must('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

/** Whether less than 1 MiB of it is free. */
export function fullDisk(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < 2 ** 20;
}
