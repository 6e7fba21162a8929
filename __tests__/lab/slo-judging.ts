/** Lets promtool evaluate the rules of objectives over series. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, programPath } from '../../lab/cache';
import { ask } from '../../lab/commands';
import { environmentRules } from '../../stack/rules';
import { configFrom } from '../support';

/** Series in promtool's notation, and how far they are apart. */
interface Given {
  readonly series: Readonly<Record<string, string>>;
  /** @default - 30s */
  readonly interval?: string;
  /** When it is looked at. @default - 2h */
  readonly at?: string;
}

type Expected = Readonly<Record<string, number | null>>;

/** Evaluates expressions over series with the rules of an environment. `null`: there is no data. */
export async function holds(given: Given, expected: Expected, environment = ''): Promise<void> {
  const config = configFrom(environment);
  const group = environmentRules(config, []).groups.find(({ name }) => name === 'slo');
  const folder = ownFolder('slo-rules-');
  try {
    const { series, interval = '30s', at = '2h' } = given;
    const test = {
      interval,
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: Object.entries(expected).map(([expr, value]) => ({
        expr: `sum(round(${expr}, 0.0001))`,
        eval_time: at,
        exp_samples: value === null ? [] : [{ labels: '{}', value }],
      })),
    };
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: [group] }));
    writeFileSync(
      join(folder, 'test.json'),
      JSON.stringify({
        rule_files: ['rules.json'],
        evaluation_interval: interval === '30s' ? '1m' : interval,
        tests: [test],
      }),
    );
    const { code, output } = await ask(programPath('promtool'), ['test', 'rules', join(folder, 'test.json')]);
    if (code !== 0) throw new Error(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
