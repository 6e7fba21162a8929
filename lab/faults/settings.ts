/** The settings of `make faults`: `FAULTS`, `FAULTS_RUNS`, `FAULTS_SEED`. */
import type { Experiment } from './experiment';

/** Settings, read. */
export interface Settings {
  /** Ids of the experiments to be run; empty: all. */
  readonly only: readonly string[];
  /** @default 5 */
  readonly crashes: number;
  /** @default 1 */
  readonly seed: number;
}

/** A whole number from a variable. @throws Error where it is none */
function wholeNumber(env: NodeJS.ProcessEnv, name: string, least: number, otherwise: number): number {
  const text = env[name] ?? '';
  if (text === '') return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`${name} is ${JSON.stringify(text)}: it must be a whole number from ${least}, as ${name}=5`);
  }
  return value;
}

/** Reads them. @throws Error for one that is no number */
export const settingsOf = (env: NodeJS.ProcessEnv): Settings => ({
  only: (env.FAULTS ?? '').split(/[\s,]+/).filter(Boolean),
  crashes: wholeNumber(env, 'FAULTS_RUNS', 1, 5),
  seed: wholeNumber(env, 'FAULTS_SEED', 0, 1),
});

/** The experiments with some ids, or all. @throws Error for an id that none has */
export function chosen(experiments: readonly Experiment[], only: readonly string[]): readonly Experiment[] {
  const ids = experiments.map(({ id }) => id);
  const unknown = only.filter((id) => !ids.includes(id));
  if (unknown.length > 0) {
    throw new Error(`FAULTS names ${unknown.join(', ')}: the experiments are ${ids.join(', ')}`);
  }
  return experiments.filter(({ id }) => only.length === 0 || only.includes(id));
}
