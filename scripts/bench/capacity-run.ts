/**
 * The coefficients of `stack/capacity/coefficients.ts` on the real programs, and predictions that are made with them against runs of other
 * numbers. Prints both, and writes `reports/bench-capacity.json`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { buildPrograms } from '../../lab/build';
import { SPAN_LOAD } from '../../lab/span-load';
import { badger, blocks, type Found, flow, head, queue } from './capacity-runs';
import { nowLine, rowOf } from './capacity-table';
import { COLLECTOR } from './collector-run';
import { lineOf, notMeasured, type Row } from './row';

const PARTS: Readonly<Record<string, () => Promise<Found>>> = { queue, flow, badger, head, blocks };

/**
 * Measures and prints. The exit code is 1 if a prediction is off by more than a quarter, or was not measured.
 * @param only names of parts. @default - all
 */
export async function benchCapacity(only: readonly string[] = []): Promise<void> {
  if (process.platform !== 'linux') throw new Error('capacity is read from /proc, which needs Linux');
  const unknown = only.filter((name) => !(name in PARTS));
  if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  await buildPrograms([COLLECTOR, SPAN_LOAD, 'jaeger', 'prometheus', 'block-writer']);
  const report: Record<string, Found> = {};
  const rows: Row[] = [];
  for (const [name, run] of Object.entries(PARTS)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const found = await run().catch((error: Error) => error);
    if (found instanceof Error) {
      rows.push(notMeasured(`capacity: ${name}`, found.message));
      continue;
    }
    report[name] = found;
    for (const one of found.now) console.log(nowLine(one));
    rows.push(...found.comparisons.map(rowOf));
  }
  process.stdout.write(rows.map(lineOf).join(''));
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/bench-capacity.json', `${JSON.stringify({ rows, report }, null, 2)}\n`);
  if (rows.some(({ met }) => met !== true)) process.exitCode = 1;
}
