/** Measures whole processes: CPU time, wall time and peak memory. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROUNDS = 15;

/** A process to measure. */
export interface Subject {
  /** @default - this Node.js */
  readonly command?: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Time and memory of a process and of those that it starts. */
export interface Measured {
  /** Median of the CPU time, user and system, in milliseconds. Other programs on the machine change it little. */
  readonly cpuMs: number;
  /** Median of the wall time, in milliseconds. */
  readonly ms: number;
  /** Highest resident memory of the process in any round, in MiB; 0 for a command that is not Node.js. */
  readonly mib: number;
}

/** Runs all subjects alternately, so that they share the same conditions. */
export function measure<Name extends string>(
  subjects: Readonly<Record<Name, Subject>>,
  rounds = ROUNDS,
): Record<Name, Measured> {
  const names = Object.keys(subjects) as Name[];
  const runs = new Map(names.map((name) => [name, [] as Measured[]]));
  for (const name of names) measureOnce(subjects[name]);
  for (let round = 0; round < rounds; round++)
    for (const name of names) runs.get(name)?.push(measureOnce(subjects[name]));
  return Object.fromEntries(names.map((name) => [name, summary(runs.get(name) ?? [])])) as Record<Name, Measured>;
}

const summary = (runs: readonly Measured[]): Measured => ({
  cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
  ms: median(runs.map(({ ms }) => ms)),
  mib: Math.max(...runs.map(({ mib }) => mib)),
});

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** GNU time is not available everywhere, so a process of Node.js itself reports its peak memory when it exits. */
const REPORT_MEMORY = join(process.cwd(), 'scripts/bench/report-memory.js');

/** Runs a command, then prints the CPU times of bash and of its children: `0m0.010s 0m0.002s`, each a line, user and system. */
const WITH_TIMES = '"$@"; code=$?; times >&2; exit $code';

function measureOnce({ command, args, cwd }: Subject): Measured {
  const start = process.hrtime.bigint();
  const started = command === undefined ? [process.execPath, '--require', REPORT_MEMORY] : [command];
  const { status, stderr } = spawnSync('bash', ['-c', WITH_TIMES, 'bash', ...started, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} exited with ${status}:\n${stderr}`);
  const kib = [...stderr.matchAll(/^peak-memory-kib (\d+)$/gm)].map(([, value]) => Number(value));
  return { cpuMs: cpuOf(stderr), ms, mib: Math.max(0, ...kib) / 1024 };
}

/** @throws Error if the last line is not that of `times` */
function cpuOf(stderr: string): number {
  const found = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(stderr);
  if (found === null) throw new Error(`bash printed no times:\n${stderr}`);
  const [userMinutes = 0, user = 0, systemMinutes = 0, system = 0] = found.slice(1).map(Number);
  return ((userMinutes + systemMinutes) * 60 + user + system) * 1000;
}
