/** Lets promtool evaluate the queries of panels over series. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NumberPanel } from '../../../content/dashboards/spec';
import { ownFolder, programPath } from '../../../lab/cache';
import { ask } from '../../../lab/commands';

/** Values of variables: everything is chosen, and the time range is an hour. */
const VARIABLES: Readonly<Record<string, string>> = {
  __range: '1h',
  __rate_interval: '2m',
  service: 'llm-api',
  namespace: '.*',
  pod: '.*',
  node: '.*',
};

/** Name and values of series, in promtool's notation: a sample each 30 seconds. */
export type Given = Readonly<Record<string, string>>;

/** The values that a query of a panel has after an hour, by labels: `{kind="Deployment"}`. None: there is no data. */
export async function shows(
  panel: NumberPanel,
  legend: string,
  series: Given,
  expected: Readonly<Record<string, number>>,
): Promise<void> {
  const query = panel.queries.find((one) => one.legend === legend);
  if (query === undefined) throw new Error(`panel "${panel.title}" has no query "${legend}"`);
  const folder = ownFolder('panels-');
  try {
    const test = {
      interval: '30s',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [
        {
          expr: query.expr.replace(/\$([a-z_]+)/g, (_, name: string) => VARIABLES[name] ?? `$${name}`),
          eval_time: '1h',
          exp_samples: Object.entries(expected).map(([labels, value]) => ({ labels, value })),
        },
      ],
    };
    writeFileSync(join(folder, 'test.json'), JSON.stringify({ fuzzy_compare: true, tests: [test] }));
    const { code, output } = await ask(programPath('promtool'), ['test', 'rules', join(folder, 'test.json')]);
    if (code !== 0) throw new Error(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
