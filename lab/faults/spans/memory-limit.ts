/** A limit of memory as a container has it: a cgroup. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotRun } from '../experiment';

/** A cgroup with a limit. */
export interface MemoryLimit {
  /** A command that starts a program inside it. */
  readonly wrapper: readonly string[];
  /** The most that was used, in bytes, with the kernel's cache of files. */
  peak(): number;
  /** How often the kernel has killed a process for it. */
  kills(): number;
  remove(): void;
}

/** Where each version of cgroups has what is needed here (kernel documentation, cgroup-v1/memory and cgroup-v2). */
const VERSIONS = [
  {
    root: '/sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    events: 'memory.oom_control',
  },
  { root: '/sys/fs/cgroup', limit: 'memory.max', peak: 'memory.peak', events: 'memory.events' },
] as const;

/** Makes one, or says why that is not possible here. */
export function memoryLimit(bytes: number): MemoryLimit | NotRun {
  for (const { root, limit, peak, events } of VERSIONS) {
    const folder = join(root, `cdk8s-observability-${process.pid}`);
    try {
      mkdirSync(folder, { recursive: true });
      if (!existsSync(join(folder, limit))) throw new Error(`no ${limit} in ${root}`);
      writeFileSync(join(folder, limit), `${bytes}`);
    } catch {
      if (existsSync(folder)) rmdirSync(folder);
      continue;
    }
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    return {
      wrapper: ['/bin/sh', '-c', `echo $$ > ${join(folder, 'cgroup.procs')}; exec "$@"`, 'sh'],
      peak: () => Number(read(peak)),
      kills: () => Number(/^oom_kill (\d+)$/m.exec(read(events))?.[1] ?? 0),
      remove: () => rmdirSync(folder),
    };
  }
  return { notRun: 'no cgroup with a limit of memory can be made, which needs root on Linux' };
}
