/** Programs that outlive the command that started them; files with their process IDs are kept to find them again. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, until } from '../commands';

/** The folder of a cluster: certificates, data, logs and process ids. */
export class State {
  constructor(readonly folder: string) {
    for (const name of ['pki', 'log', 'pid']) mkdirSync(join(folder, name), { recursive: true });
  }

  /** A path in it. */
  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** Starts a program that outlives this process. Its output is in `log/<name>.log`. */
  start(name: string, program: string, args: readonly string[]): void {
    const log = openSync(this.path('log', `${name}.log`), 'a');
    const child = spawn(program, [...args], { cwd: this.folder, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    if (child.pid === undefined) throw new Error(`${program} cannot be started`);
    child.unref();
    this.adopt(name, child.pid, this.folder);
  }

  /**
   * Adds a process group to the state, so that it is stopped with the rest.
   * @param folder its working folder, which distinguishes it from a later process with the same ID
   */
  adopt(name: string, pid: number, folder: string): void {
    writeFileSync(this.path('pid', name), JSON.stringify({ pid, folder }));
  }

  /** Programs that were started and not stopped, including those of a run that was killed. */
  started(): readonly string[] {
    return readdirSync(this.path('pid'));
  }

  /** Whether a program is running. Its process ID may have been reused, so the working folder is compared too. */
  async isRunning(name: string): Promise<boolean> {
    const { pid, folder } = this.#process(name) ?? {};
    if (pid === undefined) return false;
    if (existsSync('/proc/self')) return (await ask('readlink', [`/proc/${pid}/cwd`])).stdout.trim() === folder;
    return (await ask('kill', ['-0', `${pid}`])).code === 0;
  }

  /** Stops a program with SIGTERM, and after ten seconds with SIGKILL. */
  async stop(name: string): Promise<void> {
    const { pid } = this.#process(name) ?? {};
    if (pid !== undefined && (await this.isRunning(name))) {
      process.kill(-pid, 'SIGTERM');
      const ended = async () => !(await this.isRunning(name));
      await until(ended, `${name} to end`, 10).catch(() => process.kill(-pid, 'SIGKILL'));
      await until(ended, `${name} to end after it was killed`, 10);
    }
    rmSync(this.path('pid', name), { force: true });
  }

  /** Kills a program without waiting, for a process that is about to exit itself. */
  kill(name: string): void {
    const { pid } = this.#process(name) ?? {};
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has exited already.
    }
  }

  /** The end of a program's log. */
  log(name: string): string {
    const file = this.path('log', `${name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8').slice(-4000) : '';
  }

  #process(name: string): { readonly pid: number; readonly folder: string } | undefined {
    const file = this.path('pid', name);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { pid: number; folder: string }) : undefined;
  }
}
