/** Lets promtool evaluate the queries of panels over series, as Grafana sends them. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { panelRecordingRules } from '../../../content/dashboards/records';
import { renderDashboard } from '../../../content/dashboards/render/dashboard';
import { idOf } from '../../../content/dashboards/render/id';
import type { Dashboard } from '../../../content/dashboards/spec';
import { ownFolder, programPath } from '../../../lab/cache';
import { ask } from '../../../lab/commands';
import { queriesOf } from '../../../lab/conformance/dashboards';
import type { Dashboard as RenderedDashboard } from '../../../lab/conformance/schemas/grafana';
import { toJson } from '../../../lib/config-file';
import { configFrom } from '../../support';

/** What the panels read is recorded first. Samples are half a minute apart. */
const groups = panelRecordingRules(configFrom('prometheus: {scrapeInterval: 30s}'), () => undefined);

interface Given {
  readonly dashboard: Dashboard;
  /** Values of variables, as Grafana writes them into a query: several are `(a|b)`, all are the variable's own pattern. */
  readonly chosen: Readonly<Record<string, string>>;
  /** Series in promtool's notation, a sample every 30 seconds for two hours. */
  readonly series: Readonly<Record<string, string>>;
}

/** Values by labels, as `{service_name="a"}`; a panel with one value has the labels `{}`. Empty: there is no data. */
type Samples = Readonly<Record<string, number>>;

/** What several queries of a panel return, by their legends, which are the headings of a table's columns. */
type Columns = Readonly<Record<string, Samples>>;

/** Evaluates the first query of panels, or those that are named. Panels are named by their titles. */
export async function show(given: Given, expected: Readonly<Record<string, Samples | Columns>>): Promise<void> {
  const { dashboard, chosen, series } = given;
  const rendered = JSON.parse(toJson(renderDashboard(dashboard, new Map(), () => undefined))) as RenderedDashboard;
  const queries = queriesOf(rendered, chosen);
  const exprOf = (title: string, legend?: string) => {
    const ofPanel = queries.filter(({ place }) => place.endsWith(`panel ${idOf('panel', title)}`));
    const query = ofPanel.find(({ target }) => legend === undefined || target.legendFormat === legend);
    if (query?.expr === undefined)
      throw new Error(`${dashboard.uid} has no panel "${title}" with ${legend ?? 'a query'}`);
    return query.expr;
  };
  const asked = Object.entries(expected).flatMap(([title, all]) =>
    isColumns(all)
      ? Object.entries(all).map(([legend, samples]) => ({ expr: exprOf(title, legend), samples }))
      : [{ expr: exprOf(title), samples: all }],
  );
  const test = {
    interval: '30s',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: asked.map(({ expr, samples }) => ({
      expr: `round(${expr}, 0.0001)`,
      eval_time: '2h',
      exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
    })),
  };
  const folder = ownFolder('panels-');
  try {
    const path = join(folder, 'test.json');
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups }));
    writeFileSync(path, JSON.stringify({ rule_files: ['rules.json'], evaluation_interval: '30s', tests: [test] }));
    const { code, output } = await ask(programPath('promtool'), ['test', 'rules', path]);
    if (code !== 0) throw new Error(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isColumns = (all: Samples | Columns): all is Columns =>
  Object.values(all).some((value) => typeof value === 'object');
