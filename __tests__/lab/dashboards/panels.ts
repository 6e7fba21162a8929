/** Lets promtool evaluate the queries of a panel over series, with Grafana's variables filled in. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard, NumberPanel } from '../../../content/dashboards/spec';
import { ownFolder, programPath } from '../../../lab/cache';
import { ask } from '../../../lab/commands';

/** Series in promtool's notation, half a minute apart. */
export type Series = Readonly<Record<string, string>>;
/** Values by labels, as `{tool_name="scrape"}`. */
export type Samples = Readonly<Record<string, number>>;

/** The panel of a dashboard. */
export function panelOf({ uid, rows }: Dashboard, title: string): NumberPanel {
  const panel = rows.flatMap(({ panels }) => panels).find((one) => one.title === title);
  if (panel === undefined || !('queries' in panel)) throw new Error(`${uid} has no panel "${title}" with queries`);
  return panel;
}

/** The query of a panel, as Grafana sends it. @param chosen values of variables. @default - All */
function sent(panel: NumberPanel, legend: string, chosen: Readonly<Record<string, string>>): string {
  const query = panel.queries.find((one) => one.legend === legend);
  if (query === undefined) throw new Error(`Panel "${panel.title}" has no query "${legend}"`);
  return query.expr
    .replace(/\$__rate_interval/g, '2m')
    .replace(/\$__range/g, '1h')
    .replace(/\$(\w+)/g, (_, name: string) => chosen[name] ?? '.*');
}

/** The query of a panel, by its legend, with the values of variables and what it returns after an hour. */
export interface Expected {
  readonly panel: NumberPanel;
  readonly legend: string;
  /** @default - All */
  readonly chosen?: Readonly<Record<string, string>>;
  readonly samples: Samples;
}

/** Evaluates queries after an hour. @throws Error with the program's answer if a query returns anything else */
export async function returns(series: Series, expected: readonly Expected[]): Promise<void> {
  const folder = ownFolder('panels-');
  try {
    const test = {
      interval: '30s',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: expected.map(({ panel, legend, chosen = {}, samples }) => ({
        expr: `round(${sent(panel, legend, chosen)}, 0.0001)`,
        eval_time: '1h',
        exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
      })),
    };
    const file = join(folder, 'test.json');
    writeFileSync(file, JSON.stringify({ rule_files: [], evaluation_interval: '1m', tests: [test] }));
    const { code, output } = await ask(programPath('promtool'), ['test', 'rules', file]);
    if (code !== 0) throw new Error(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
