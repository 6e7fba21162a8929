/** What the checker takes for PromQL is what the real Prometheus takes for it: promtool judges the same expressions. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ownFolder, programPath } from '../../lab/cache';
import { ask } from '../../lab/commands';
import { checkExpression } from '../../promql/check';
import { REFUSED } from '../../promql/finding';
import { plainExpr } from '../promql/expressions';
import { at } from '../promql/shop';
import { prometheusExpressions } from './go-sources';
import { seedOf } from './seed';

/** Prometheus loads a rule whose result is a text or a range, and fails at each evaluation: the checker refuses it at once. */
const FAILS_LATER = /^a rule takes/;

const refuses = (expr: string): boolean =>
  checkExpression(expr, at('record')).some(({ rule, message }) => REFUSED.has(rule) && !FAILS_LATER.test(message));

/** Those that promtool refuses, and those that the checker does. */
async function verdicts(expressions: readonly string[]) {
  const folder = ownFolder('promql');
  try {
    const file = join(folder, 'rules.json');
    const groups = expressions.map((expr, index) => ({ name: `g${index}`, rules: [{ record: `a:${index}`, expr }] }));
    writeFileSync(file, JSON.stringify({ groups }));
    const { output } = await ask(programPath('promtool'), ['check', 'rules', file]);
    const refused = new Set(
      [...output.matchAll(/group "g(\d+)", rule 1, .*(?:could not parse expression|must be set)/g)].map(([, index]) =>
        Number(index),
      ),
    );
    return {
      refused: refused.size,
      passed: expressions.filter((expr, index) => refused.has(index) && !refuses(expr)),
      lost: expressions.filter((expr, index) => !refused.has(index) && refuses(expr)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('promtool and the checker refuse the same expressions', async () => {
  const expressions = [...new Set(fc.sample(plainExpr, { numRuns: 1500, seed: 6 }))];
  const { refused, passed, lost } = await verdicts(expressions);
  expect(refused).toBeGreaterThan(100);
  expect({ passed, lost }).toEqual({ passed: [], lost: [] });
});

/** What the grammar of Prometheus' editor does not know: `5.`, `0x1_2`, `offset` as a name, `STEP()` in capitals. */
const UNKNOWN_TO_EDITOR = /\d\.(?!\d)|\d_\d|(?:^|[\s({])offset(?=[\s{)[]|$)|[A-Z]ep\(|STEP\(/i;

const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[\w:.]+|\s+|[=!~<>]+|./gs;

/** Expressions with one or two tokens lost, added, or replaced by those of another. */
function mutations(expressions: readonly string[]): fc.Arbitrary<string> {
  const tokens = expressions.map((expr) => expr.match(TOKEN) ?? []);
  const all = [...new Set(tokens.flat())];
  const edit = fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...all));
  return fc.tuple(fc.constantFrom(...tokens), fc.array(edit, { minLength: 1, maxLength: 2 })).map(([of, edits]) => {
    const text = [...of];
    for (const [where, drop, add] of edits) text.splice(where % (text.length + 1), drop, add);
    return text.join('');
  });
}

test("Prometheus' own tests of its parser, and what becomes of them by small mistakes: nothing that it refuses is passed", async () => {
  const own = await prometheusExpressions();
  expect(own.length).toBeGreaterThan(2000);
  const seed = seedOf();
  const mutated = fc.sample(mutations(own), { numRuns: 8000, seed });
  const { refused, passed, lost } = await verdicts([...own, ...new Set(mutated)]);
  console.log(`seed ${seed}: ${refused} refused by promtool, ${passed.length} of them passed; ${lost.length} lost`);
  expect(refused).toBeGreaterThan(3000);
  expect(passed).toEqual([]);
  expect(lost.filter((expr) => own.includes(expr) && !UNKNOWN_TO_EDITOR.test(expr))).toEqual([]);
});
