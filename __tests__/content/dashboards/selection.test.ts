/** Which dashboards and panels an environment has, and what its configuration changes in them. */

import { ConfigError } from '../../../config/problems';
import { renderDashboards } from '../../../content/dashboards';
import { select } from '../../../content/dashboards/render/select';
import type { Dashboard, Lines } from '../../../content/dashboards/spec';
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { EMITTERS } from '../../../metrics/emitters';
import { dashboardsPage } from '../../../scripts/dashboards-page';
import { buildStack } from '../../../stack/apps';
import { configFrom, render } from '../../support';
import { allOn, asItIs, files, PRICES, panelsOf, rendered } from './dashboard-files';

describe('what a dashboard leaves out', () => {
  const lines = (title: string, ...exprs: readonly [string, ...string[]]): Lines => {
    const [first, ...others] = exprs.map((expr) => ({ expr, legend: 'value' }));
    if (first === undefined) throw new Error('no query');
    return { kind: 'lines', title, description: '', unit: 's', noData: '', queries: [first, ...others] };
  };
  const dashboard: Dashboard = {
    uid: DASHBOARD_UIDS.nodes,
    title: 'Nodes',
    description: '',
    tags: [],
    related: [],
    variables: [
      { name: 'pod', label: '', description: '', of: 'pod', series: ['off_info', 'on_info'], several: true },
      { name: 'unused', label: '', description: '', of: 'pod', series: ['on_info'], several: true },
    ],
    annotations: [
      { name: 'gone', expr: 'off', text: '', colour: 'red' },
      { name: 'kept', expr: 'on', text: '', colour: 'red' },
    ],
    rows: [
      { title: 'one', panels: [lines('off', 'off_total'), lines('both', 'off_total', 'on_total{pod=~"$pod"}')] },
      { title: 'two', panels: [lines('also off', 'off_bytes')] },
    ],
  };
  const missing = (expr: string) => (expr.includes('off') ? EMITTERS.nodeExporter : undefined);

  test('queries without a source, then the panels, rows, annotations and variables that have none left', () => {
    const { dashboard: rest, leftOut } = select(dashboard, missing);
    expect(rest?.rows.map(({ title }) => title)).toEqual(['one']);
    expect(rest?.rows[0]?.panels).toEqual([lines('both', 'on_total{pod=~"$pod"}')]);
    expect(rest?.annotations.map(({ name }) => name)).toEqual(['kept']);
    expect(rest?.variables).toMatchObject([{ name: 'pod', series: ['on_info'] }]);
    expect(leftOut).toEqual([
      { title: 'off', missing: EMITTERS.nodeExporter },
      { title: 'also off', missing: EMITTERS.nodeExporter },
    ]);
  });

  test('the whole dashboard where no panel is left', () => {
    expect(select(dashboard, () => EMITTERS.nodeExporter).dashboard).toBeUndefined();
  });

  test('a dashboard that is switched off, and links to it', () => {
    const off = 'grafana: {dashboards: {service-red: {enabled: false}}}';
    expect(JSON.stringify([...rendered('')])).toContain('/d/service-red');
    expect([...rendered(off).keys()]).not.toContain('service-red');
    expect(JSON.stringify([...rendered(off)])).not.toContain('/d/service-red');
  });

  test('dashboards and panels of programs that the environment does not run', () => {
    const uids = [...rendered('', asItIs).keys()];
    expect(uids).not.toContain('nodes');
    expect(uids).toContain('llm-serving');
    expect(JSON.stringify([...rendered('', asItIs)])).not.toMatch(/vllm:|DCGM_|\/d\/nodes/);
    expect([...rendered('janServer: null', asItIs).keys()]).not.toContain('mcp-tools');
  });

  test('panels of objectives where there are none', () => {
    const names = render('slos: []').map(({ metadata }) => metadata.name);
    expect(names).toContain('grafana-dashboard-jan-server-overview');
    expect(names).not.toContain('grafana-dashboard-slo');
    expect(JSON.stringify(render('slos: []'))).not.toContain('slo:period_error_budget_remaining');
  });

  test('any dashboard may be switched off, and the objectives are recorded all the same', () => {
    const all = Object.values(DASHBOARD_UIDS).filter((uid) => uid !== DASHBOARD_UIDS.runbooks);
    const off = all.map((uid) => `${uid}: {enabled: false}`).join(', ');
    const names = render(`grafana: {dashboards: {${off}}}`).map(({ metadata }) => metadata.name);
    expect(names.filter((name) => name.startsWith('grafana-dashboard-'))).toEqual(['grafana-dashboard-runbooks']);
    expect(JSON.stringify(render(`grafana: {dashboards: {${off}}}`))).toContain('slo:current_burn_rate:ratio');
  });

  test('never the source of a variable that panels still use', () => {
    const only = {
      ...dashboard,
      variables: dashboard.variables.map((one) => ({ ...one, series: ['off_info'] as const })),
    };
    expect(() => select(only, missing)).toThrow('panels use $pod, and no emitter of off_info is on');
  });
});

describe('LLM costs', () => {
  const panels = (text: string) =>
    files(text).flatMap(({ file }) => (file.uid === DASHBOARD_UIDS.llm ? panelsOf(file) : []));

  test('are sums over the models with a price, in its currency', () => {
    const cost = panels(PRICES).find(({ title }) => title === 'Cost of the time shown');
    expect(cost?.fieldConfig.defaults.unit).toBe('currencyEUR');
    expect(cost?.targets[0]?.expr).toContain('gen_ai_request_model="gpt-4o",gen_ai_token_type="output"');
    expect(cost?.targets[0]?.expr?.split(' or ')).toHaveLength(4);
  });

  test('are not shown without prices, and a model without one has none in the table', () => {
    expect(panels('').filter(({ title }) => title.startsWith('Cost'))).toEqual([]);
    const usage = panels(PRICES).find(({ title }) => title === 'Usage by model');
    expect(JSON.stringify(usage)).toContain('{"id":"noValue","value":"no price"}');
  });
});

test('queries use the metric names of the configured vLLM version', () => {
  const text = (version: string) =>
    JSON.stringify([...rendered(`vllm: {namespace: jan, podLabels: {app: vllm}, version: ${version}}`)]);
  expect(text('0.9.2')).toContain('vllm:gpu_cache_usage_perc');
  expect(text('0.9.2')).not.toContain('vllm:kv_cache_usage_perc');
  expect(text('0.11.2')).toContain('vllm:inter_token_latency_seconds_bucket');
  expect(text('0.11.2')).not.toMatch(/vllm:(gpu_cache_usage_perc|time_per_output_token_seconds)/);
});

test('a wrong expression is a problem that names dashboard and panel', () => {
  const { expressions } = allOn(configFrom(''));
  expressions.addPanel('Nodes, panel "CPU"', 'sum(rate(upp[$__rate_interval]))');
  expect(expressions.panelProblems()).toEqual([expect.stringMatching(/Nodes, panel "CPU"[\s\S]*unknown-metric/)]);
});

test.each(['janServer: {}', 'janServer: null', 'vllm: {namespace: jan, podLabels: {app: vllm}}'])(
  'none of the expressions is wrong with %s',
  (text) => {
    const environment = allOn(configFrom(text));
    renderDashboards(configFrom(text), environment);
    expect(environment.expressions.panelProblems()).toEqual([]);
  },
);

test.each([
  ['grafana: {dashboards: {node: {enabled: false}}}', /grafana\.dashboards\.node[\s\S]*did you mean nodes/],
  ['grafana: {dashboards: {nodes: {on: false}}}', /grafana\.dashboards\.nodes\.on[\s\S]*enabled/],
  ['grafana: {prices: {currency: XYZ}}', /grafana\.prices\.currency[\s\S]*"USD"/],
  ['grafana: {prices: {models: [{model: "a$b", inputPerMillion: 1, outputPerMillion: 1}]}}', /the name of a model/],
  [PRICES.replace('gpt-4o', 'janhq/Jan-v1-4B'), /each model once/],
])('refuses %s', (text, message) => {
  expect(() => configFrom(text)).toThrow(ConfigError);
  expect(() => configFrom(text)).toThrow(message);
});

const builtFrom = (environment: string, text: string) => {
  const config = { ...configFrom(text), environment };
  return { config, stack: buildStack(config, 'unused') };
};

describe('the page of dashboards', () => {
  const page = dashboardsPage([
    builtFrom('one', ''),
    builtFrom(
      'two',
      'grafana: {dashboards: {jaeger: {enabled: false}}}\nprometheus: {remoteWrite: [{name: store, url: "https://store.example"}]}',
    ),
  ]);

  test('has a row for each dashboard, and says why one is off', () => {
    expect(page).toMatch(/\[Jaeger\]\(#jaeger\) \|[^|]*\| [0-9]+ \| disabled \|/);
    expect(page).toMatch(/\[Nodes\]\(#nodes\) \|[^|]*\| off: needs node-exporter \(`nodeExporter.enabled`\) \|/);
  });

  test('has a row for each panel, and says what is missing where', () => {
    const rows = page.split('\n').filter((line) => line.includes('| GPU temperature |'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain("one: needs NVIDIA's DCGM exporter (`gpu`); two: needs");
  });

  test('has the panels that only a later environment has, and says so', () => {
    const rows = page.split('\n').filter((line) => line.includes('| Parallel senders |'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/\| one: not configured \|$/);
  });
});
