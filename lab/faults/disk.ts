/** Small disks of their own for a program: one that gets full, and one whose machine crashes. They need root on Linux. */
import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { abandonedFolders, ownFolder } from '../cache';
import { ask, has, must } from '../commands';

const PREFIX = 'disk';

/** Why there can be no such disks here; null: they can. */
export function noDisks(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it mounts disks, which needs root on Linux';
  const missing = ['mount', 'umount', 'mkfs.ext4'].filter((command) => !has(command));
  return missing.length === 0 ? null : `it mounts disks, and ${missing.join(', ')} is missing`;
}

/** A mounted disk. */
export interface Disk {
  /** Where it is mounted. */
  readonly folder: string;
  /** Gives it another size, as a claim that grows. */
  resize(mebibytes: number): Promise<void>;
  remove(): Promise<void>;
}

/** A disk whose machine can crash. */
export interface CrashingDisk extends Pick<Disk, 'folder' | 'remove'> {
  /**
   * The disk as a machine would find it after a power cut at this moment: what the file system has handed to the disk, and nothing that is
   * only in the kernel's memory.
   * @returns it, mounted
   */
  crashed(): Promise<Pick<Disk, 'folder' | 'remove'>>;
}

/** A new folder with a mount point. Those of runs that were killed are removed first. */
async function mountPoint() {
  for (const folder of abandonedFolders(PREFIX)) await removed(folder);
  const folder = ownFolder(PREFIX);
  mkdirSync(join(folder, 'mnt'));
  return folder;
}

async function removed(folder: string): Promise<void> {
  await ask('umount', ['--lazy', join(folder, 'mnt')]);
  rmSync(folder, { recursive: true, force: true });
}

/** A file system in memory of a fixed size. */
export async function smallDisk(mebibytes: number): Promise<Disk> {
  const folder = await mountPoint();
  const mounted = join(folder, 'mnt');
  await must('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', mounted]);
  return {
    folder: mounted,
    resize: async (size) => {
      await must('mount', ['-o', `remount,size=${size}m`, mounted]);
    },
    remove: () => removed(folder),
  };
}

async function mountImage(folder: string): Promise<Pick<Disk, 'folder' | 'remove'>> {
  const mounted = join(folder, 'mnt');
  await must('mount', ['-o', 'loop', join(folder, 'image'), mounted]);
  return { folder: mounted, remove: () => removed(folder) };
}

/** An ext4 file system in a file. The kernel writes into the file what it would write to a disk, at the same moments. */
export async function crashingDisk(mebibytes: number): Promise<CrashingDisk> {
  const folder = await mountPoint();
  const image = join(folder, 'image');
  await must('truncate', ['-s', `${mebibytes}M`, image]);
  await must('mkfs.ext4', ['-q', '-F', image]);
  return {
    ...(await mountImage(folder)),
    crashed: async () => {
      const other = await mountPoint();
      await must('cp', ['--sparse=auto', image, join(other, 'image')]);
      return mountImage(other);
    },
  };
}

/** Whether less than 1 MiB of a disk is free. */
export function fullDisk(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < 2 ** 20;
}
