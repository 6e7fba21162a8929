/** Lets promtool evaluate the queries of panels over series, with alerts where there are any. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolder, programPath } from '../../../lab/cache';
import { ask } from '../../../lab/commands';

/** Series in promtool's notation, one sample every 30 seconds, and alerting rules. */
export interface Given {
  readonly series: Readonly<Record<string, string>>;
  readonly rules?: readonly object[];
  /** When it is looked at. @default - 15m */
  readonly at?: string;
}

/** A row of a table: its labels, and the value of one column. Labels without a value are left out. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Expects a query to have exactly these samples. */
export async function evaluatesTo(
  { series, rules = [], at = '15m' }: Given,
  expr: string | undefined,
  samples: readonly Sample[],
): Promise<void> {
  const folder = ownFolder('panels-');
  try {
    const test = {
      interval: '30s',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [
        { expr, eval_time: at, exp_samples: samples.map(([labels, value]) => ({ labels: textOf(labels), value })) },
      ],
    };
    const file = join(folder, 'test.json');
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: [{ name: 'shop', rules }] }));
    writeFileSync(file, JSON.stringify({ rule_files: ['rules.json'], evaluation_interval: '30s', tests: [test] }));
    const { code, output } = await ask(programPath('promtool'), ['test', 'rules', file]);
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const textOf = (labels: Sample[0]) =>
  `{${Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}="${value}"`)
    .join()}}`;
