/** A program of the lab that runs on loopback until it is stopped: for tests, and to measure it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ownFolder, programPath } from './cache';
import { until } from './commands';

export { freePort } from './conformance/api-server';

const isUp = async (url: string) => (await fetch(url)).ok;

/** One such program, with a folder of its own. */
export class Running {
  readonly #folder = ownFolder('running');
  #child: ChildProcess | undefined;
  #output = '';

  /** Path of a file in its folder. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** What it has written to its outputs. */
  get output(): string {
    return this.#output;
  }

  /** Its process id. @throws Error if it was not started */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('it was not started');
    return pid;
  }

  /** Writes a configuration. @returns its path */
  write(name: string, settings: object): string {
    writeFileSync(this.path(name), stringify(settings));
    return this.path(name);
  }

  /** Starts it, and waits until a URL answers. */
  async start(program: string, args: readonly string[], env: Readonly<Record<string, string>>, url: string) {
    const child = spawn(programPath(program), [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.#output += text));
    await until(() => child.exitCode === null && isUp(url), `${program} to be up`, 30).catch((error: Error) => {
      throw new Error(`${error.message}; it said\n${this.#output.slice(-4000)}`);
    });
  }

  /** Ends it as Kubernetes does, and forgets its files. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
