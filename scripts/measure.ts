/** Measures whole processes: wall time and peak memory. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROUNDS = 15;

/** A process to measure. */
export interface Subject {
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Time and memory of a process. */
export interface Measured {
  /** Median of the wall time, in milliseconds. */
  readonly ms: number;
  /** Highest resident memory of any round, in MiB. */
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
  ms: median(runs.map(({ ms }) => ms)),
  mib: Math.max(...runs.map(({ mib }) => mib)),
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** GNU time is not available everywhere, so the process itself reports its peak memory when it exits. */
const REPORT_MEMORY = join(process.cwd(), 'scripts', 'report-memory.js');

function measureOnce({ args, cwd }: Subject): Measured {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, ['--require', REPORT_MEMORY, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} exited with ${status}:\n${stderr}`);
  const kib = [...stderr.matchAll(/^peak-memory-kib (\d+)$/gm)].map(([, value]) => Number(value));
  return { ms, mib: Math.max(...kib) / 1024 };
}
