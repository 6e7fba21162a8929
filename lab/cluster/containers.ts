/** Ends the processes that containerd started, even if containerd itself was killed. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { ask } from '../commands';
import { BRIDGE, RUN, SOCKET } from './node-config';
import type { State } from './processes';

/** Ends every container that our containerd started, also those of a run that was killed, and unmounts their file systems. */
export async function endContainers(state: State): Promise<void> {
  const parents = processes();
  const shims = [...parents.keys()].filter((pid) => commandLine(pid).includes(SOCKET));
  const below = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => [...below(child), child]);
  for (const pid of shims.flatMap((shim) => [...below(shim), shim])) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has exited meanwhile.
    }
  }
  const mounted = () =>
    readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[1] ?? '')
      .filter((path) => path.startsWith(`${state.folder}/`) || path.startsWith(`${RUN}/`));
  for (const path of mounted().sort().reverse()) await ask('umount', ['-l', path]);
  await ask('sh', ['-c', `ip -o link show master ${BRIDGE} | cut -d: -f2 | cut -d@ -f1 | xargs -r -n1 ip link del`]);
  rmSync(RUN, { recursive: true, force: true });
}

/** Every process ID with its parent's. */
function processes(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return new Map(
    pids.flatMap((pid): [number, number][] => {
      const file = `/proc/${pid}/stat`;
      if (!existsSync(file)) return [];
      try {
        // The second field is the command in parentheses, and may contain spaces.
        const parent = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[1];
        return [[Number(pid), Number(parent)]];
      } catch {
        return [];
      }
    }),
  );
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
