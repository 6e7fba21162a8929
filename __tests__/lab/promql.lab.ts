/** What the checker takes for PromQL is what the real Prometheus takes for it: promtool judges the same expressions. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkExpression } from '../../contract/check';
import { ownFolder, programPath } from '../../lab/cache';
import { ask } from '../../lab/commands';
import { plainExpr } from '../contract/expressions';
import { at } from '../contract/shop';

/** A rule whose result is a text passes promtool, and fails at each evaluation: the checker refuses it at once. */
const expressions = [...new Set(fc.sample(plainExpr, { numRuns: 1500, seed: 6 }))].filter((expr) => expr !== '"text"');

test('promtool and the checker refuse the same expressions', async () => {
  const folder = ownFolder('promql');
  try {
    const file = join(folder, 'rules.json');
    const groups = expressions.map((expr, index) => ({ name: `g${index}`, rules: [{ record: `a:${index}`, expr }] }));
    writeFileSync(file, JSON.stringify({ groups }));
    const { output } = await ask(programPath('promtool'), ['check', 'rules', file]);
    const refused = new Set(
      [...output.matchAll(/group "g(\d+)", rule 1, .*could not parse expression/g)].map(([, index]) => Number(index)),
    );
    const wrong = expressions.map((expr) =>
      checkExpression(expr, at('record')).some(({ rule }) => rule === 'syntax' || rule === 'type'),
    );
    expect(refused.size).toBeGreaterThan(100);
    expect(expressions.filter((_, index) => wrong[index] !== refused.has(index))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
