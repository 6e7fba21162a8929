/** A kubectl that ends with this process, even if that is killed outright. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Kubectl } from './kubectl';

/** Name of the hidden verb that guards one kubectl. */
export const GUARD = 'guard';

/**
 * Runs kubectl under a guard process, until it ends or the signal is given.
 * @param onReady called once it listens
 * @returns what it has complained of
 */
export function guarded(
  kubectl: Kubectl,
  args: readonly string[],
  signal: AbortSignal,
  onReady: () => void,
): Promise<string> {
  const guard = spawn(process.execPath, [process.argv[1] ?? '', GUARD, ...kubectl.commandLine(args)], {
    env: kubectl.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const stop = () => guard.connected && guard.disconnect();
  signal.addEventListener('abort', stop, { once: true });
  let complaint = '';
  let isReady = false;
  guard.stdout?.on('data', (data: Buffer) => {
    if (isReady || !data.toString().includes('Forwarding from')) return;
    isReady = true;
    onReady();
  });
  guard.stderr?.on('data', (data: Buffer) => {
    complaint = (complaint + data.toString()).slice(-LONGEST_COMPLAINT);
  });
  return new Promise((resolve) => {
    guard.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(complaint);
    });
  });
}

/** kubectl writes several lines for each connection that fails; the last ones say why it has ended. */
const LONGEST_COMPLAINT = 8192;

/** The guard: runs kubectl, and ends it when the channel to the process that started us closes. */
export function runGuard(args: readonly string[]): void {
  const child: ChildProcess = spawn('kubectl', [...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  process.once('disconnect', () => child.kill());
  // A terminal's Ctrl-C reaches kubectl as well; the guard ends after it.
  process.on('SIGINT', () => undefined);
  child.once('close', (code) => {
    if (process.connected) process.disconnect();
    process.exitCode = code ?? 1;
  });
}
