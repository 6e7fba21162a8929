/** A kubectl that exits with this process, even if this process is killed with SIGKILL. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Kubectl } from './kubectl';

/** Name of the internal command that runs one guarded kubectl. */
export const GUARD = 'guard';

/**
 * Runs kubectl under a guard process, until it exits or the signal is aborted.
 * @param onReady called once it listens, with the line that names its address
 * @returns the end of its standard error
 */
export async function guarded(
  kubectl: Kubectl,
  args: readonly string[],
  signal: AbortSignal,
  onReady: (line: string) => void,
): Promise<string> {
  // A signal that is aborted already emits no event.
  if (signal.aborted) return '';
  const guard = spawn(process.execPath, [process.argv[1] ?? '', GUARD, ...kubectl.commandLine(args)], {
    env: kubectl.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const stop = () => guard.connected && guard.disconnect();
  signal.addEventListener('abort', stop, { once: true });
  let errors = '';
  let isReady = false;
  guard.stdout?.on('data', (data: Buffer) => {
    if (isReady || !data.toString().includes('Forwarding from')) return;
    isReady = true;
    onReady(data.toString());
  });
  guard.stderr?.on('data', (data: Buffer) => {
    errors = (errors + data.toString()).slice(-MAX_ERRORS);
  });
  return new Promise((resolve) => {
    const end = () => {
      signal.removeEventListener('abort', stop);
      resolve(errors);
    };
    guard.once('close', end);
    // Node emits no 'close' after this side has closed the channel.
    guard.once('exit', () => signal.aborted && end());
  });
}

/** Characters of standard error that are kept. kubectl writes several lines for each failed connection; the last ones say why it exited. */
const MAX_ERRORS = 8192;

/** The guard: runs kubectl, and ends it when the channel to the parent process closes. */
export function runGuard(args: readonly string[]): void {
  const child: ChildProcess = spawn('kubectl', [...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  process.once('disconnect', () => child.kill());
  // Ctrl-C reaches kubectl as well; the guard exits after it.
  process.on('SIGINT', () => undefined);
  child.once('close', (code) => {
    if (process.connected) process.disconnect();
    process.exitCode = code ?? 1;
  });
}
