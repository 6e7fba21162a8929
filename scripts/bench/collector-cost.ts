/**
 * The Collector's cost: CPU time for a span and peak memory of a real Collector, with our configuration, without each of its parts, and
 * with the original system's. All are measured alternately, so that a busy machine affects all of them. Prints a table, and writes
 * `reports/bench-collector.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { buildPrograms } from '../../lab/build';
import { SPAN_LOAD } from '../../lab/span-load';
import { COLLECTOR, LOAD, type Measurement, measureCollector, startSink } from './collector-run';
import { type Shape, shapes } from './collector-shapes';
import { goalLine, goalsOf, type Measured, problemsOf, rowsOf, tableOf } from './collector-table';

const ROUNDS = 3;

/**
 * Measures and prints the table. The exit code is 1 if a goal is missed, a span was lost, or it could not be measured.
 * @param only names of the shapes to measure. @default - all
 */
export async function benchCollector(only: readonly string[] = []): Promise<void> {
  const met = await measureShapes(only).catch((error: Error) => {
    console.error(`The cost of the Collector was NOT MEASURED: ${error.message}`);
    return false;
  });
  if (!met) process.exitCode = 1;
}

/**
 * @param only names of the shapes to measure; none: all
 * @returns whether all goals are met and no span was lost
 * @throws Error if a program cannot be built or started, or for a shape that does not exist
 */
async function measureShapes(only: readonly string[]): Promise<boolean> {
  if (process.platform !== 'linux') throw new Error('the cost of the Collector is read from /proc, which needs Linux');
  const chosen = choose(shapes(), only);
  await buildPrograms([COLLECTOR, SPAN_LOAD]);
  const measured = await measureAll(chosen);
  const rows = rowsOf(measured);
  const goals = goalsOf(rows);
  const problems = problemsOf(measured);
  print([
    `The Collector: ${LOAD.spansPerRequest}-span requests, ${LOAD.spansPerSecond} spans a second, ${LOAD.total} spans a round`,
    tableOf(rows),
    ...goals.map(goalLine),
    ...problems,
  ]);
  mkdirSync('reports', { recursive: true });
  const report = { load: LOAD, rows, goals, problems, measured };
  writeFileSync('reports/bench-collector.json', `${JSON.stringify(report, null, 2)}\n`);
  return problems.length === 0 && goals.every(({ met }) => met);
}

function choose(all: readonly Shape[], only: readonly string[]): readonly Shape[] {
  const unknown = only.filter((wanted) => !all.some(({ name }) => name === wanted));
  if (unknown.length > 0)
    throw new Error(
      `no such configuration: ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`,
    );
  return only.length === 0 ? all : all.filter(({ name }) => only.includes(name));
}

/** All shapes, one after the other, in each round. */
async function measureAll(chosen: readonly Shape[]): Promise<readonly Measured[]> {
  const rounds = new Map(chosen.map(({ name }) => [name, [] as Measurement[]]));
  const sink = await startSink();
  try {
    let seed = 1;
    for (let round = 1; round <= ROUNDS; round++) {
      for (const shape of chosen) {
        const { name } = shape;
        const measurement = await measureCollector(shape, sink, seed);
        seed += 2;
        rounds.get(name)?.push(measurement);
        process.stderr.write(`round ${round}: ${name} ${measurement.microseconds.toFixed(1)} µs a span\n`);
      }
    }
  } finally {
    await sink.stop();
  }
  return chosen.map(({ name }) => ({ name, rounds: rounds.get(name) ?? [] }));
}

const print = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`);
