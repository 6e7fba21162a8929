/** A program of the lab that runs on loopback until it is stopped: for tests, and to measure it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ownFolder, programPath } from './cache';
import { until } from './commands';

const isUp = async (url: string) => (await fetch(url)).ok;

/** One such program, with a folder of its own. */
export class Running {
  readonly #folder = ownFolder('running');
  readonly #wrapper: readonly string[];
  #child: ChildProcess | undefined;
  #output = '';

  /** @param wrapper a command that starts the program, which is given to it as arguments. @default - none */
  constructor(wrapper: readonly string[] = []) {
    this.#wrapper = wrapper;
  }

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

  /** Whether it was started and has not ended. */
  get runs(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Writes a configuration. @returns its path */
  write(name: string, settings: object): string {
    writeFileSync(this.path(name), stringify(settings));
    return this.path(name);
  }

  /** Starts it, and waits until a URL answers. It may have run before: it finds the files that it left. */
  async start(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    url: string,
    seconds = 120,
  ): Promise<void> {
    const [command = '', ...rest] = [...this.#wrapper, programPath(program), ...args];
    const child = spawn(command, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.#output += text));
    const up = async () => {
      if (!this.runs) return true;
      return isUp(url);
    };
    const said = () => `it said\n${this.#output.slice(-4000)}`;
    await until(up, `${program} to be up`, seconds).catch((error: Error) => {
      throw new Error(`${error.message}; ${said()}`);
    });
    if (!this.runs) throw new Error(`${program} ended with ${child.exitCode ?? child.signalCode}; ${said()}`);
  }

  /** Ends it, and keeps its files. @returns its exit code; null if the signal has ended it */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || !this.runs) return child?.exitCode ?? null;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  /** Ends it as Kubernetes does, and forgets its files. */
  async stop(): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
