/**
 * `make bench`: what the project costs, as ratios of whole processes that run alternately, so that a busy machine slows all sides. Prints
 * a table and writes `reports/bench.json`. docs/performance.md says how to read it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchCapacity } from './bench/capacity-run';
import { benchCollector } from './bench/collector-cost';
import { helm } from './bench/helm';
import { ROOT, removeProjects } from './bench/projects';
import { benchQueries } from './bench/queries-run';
import { render } from './bench/render';
import { lineOf, type Results } from './bench/row';
import { scale } from './bench/scale';

/** The benchmarks, in their order. */
const BENCHMARKS: Readonly<Record<string, () => Results | Promise<Results>>> = { render, scale, helm };

async function benchRendering(): Promise<void> {
  const results: Record<string, Results> = {};
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    results[name] = await run();
    process.stdout.write(results[name].rows.map(lineOf).join(''));
  }
  mkdirSync(join(ROOT, 'reports'), { recursive: true });
  writeFileSync(join(ROOT, 'reports/bench.json'), `${JSON.stringify(results, null, 2)}\n`);
  if (Object.values(results).some(({ rows }) => rows.some(({ met }) => met === false))) process.exitCode = 1;
}

/** One part after the other; one that cannot be measured does not end the others. */
async function bench(): Promise<void> {
  for (const part of [benchRendering, benchQueries, benchCollector, benchCapacity]) {
    await part().catch((error: Error) => {
      console.error(`NOT MEASURED: ${error.message}`);
      process.exitCode = 1;
    });
  }
}

bench().finally(removeProjects);
