/** From an alert to the panel that shows its metric. */
import type { ConfiguredAlert } from '../../../content/alerts/configured';
import { alertPanels } from '../../../content/dashboards/alert-panels';
import { panelUrlTemplate } from '../../../content/dashboards/panel-url';
import { measuredBy } from '../../../content/dashboards/runbooks/measured';
import type { Dashboard, Lines, Panel, Values, Variable } from '../../../content/dashboards/spec';
import { metricNames } from '../../../promql/sources';
import { allStacks, configFile, render, stackFrom } from '../../support';
import { FULLEST } from '../runbooks/fullest';
import { dashboardsIn } from './runbook-pages';

const [TargetDown] = stackFrom('').rules.alerts.filter(({ definition: { name } }) => name === 'TargetDown');

/** An alert with these rules. */
function alertOn(name: string, exprs: readonly string[], panel?: ConfiguredAlert['definition']['panel']) {
  if (TargetDown === undefined) throw new Error('no alert');
  const rules = exprs.map((expr) => ({ expr, summary: 'On {{ $labels.pod }}', description: 'It happened' }));
  const definition = { ...TargetDown.definition, name, ...(panel && { panel }) };
  return { ...TargetDown, definition, rules, off: null };
}

const EXPLAINED = { description: 'What it is', noData: 'None', unit: 'short' };
const panelOf = (kind: 'lines' | 'stat', title: string, ...exprs: [string, ...string[]]): Lines | Values => {
  const [first, ...others] = exprs.map((expr) => ({ expr, legend: 'x' }));
  if (first === undefined) throw new Error('no query');
  return { kind, title, ...EXPLAINED, limits: null, queries: [first, ...others] } as Lines | Values;
};
const lines = (title: string, ...exprs: [string, ...string[]]) => panelOf('lines', title, ...exprs);
const stat = (title: string, ...exprs: [string, ...string[]]) => panelOf('stat', title, ...exprs);

function dashboardOf(uid: Dashboard['uid'], panels: readonly Panel[], variables: readonly Variable[] = []): Dashboard {
  const about = { title: `Title of ${uid}`, description: '', tags: [], annotations: [], related: [] };
  return { uid, ...about, variables, rows: [{ title: 'All', panels }] };
}

/** The title of the panel that an alert on these rules leads to. */
const chosenFor = (exprs: readonly string[], ...panels: Panel[]) =>
  alertPanels([dashboardOf('nodes', panels)], [alertOn('A', exprs)]).panels.get('A')?.panelTitle;

describe('the panel of an alert', () => {
  test('reads most of what the rules select', () => {
    const [one, both] = [lines('one', 'rate(a_total[5m])'), lines('both', 'rate(a_total[5m]) / rate(b_total[5m])')];
    expect(chosenFor(['rate(a_total[5m]) / rate(b_total[5m]) > 1'], one, both)).toBe('both');
  });

  test('covers as many rules as possible', () => {
    const [first, all] = [lines('first', 'sum(q{job="a"})'), lines('all', 'sum by (job) (q)')];
    expect(chosenFor(['q{job="a"} > 1', 'q{job="b"} > 1'], first, all)).toBe('all');
  });

  test('reads what a rule measures, not only what it is compared with', () => {
    expect(chosenFor(['load / on (node) count by (node) (cpu) > 2'], lines('CPU', 'cpu'))).toBeUndefined();
    expect(chosenFor(['up == 1 unless on (job) rate(a_total[1h]) > 0'], stat('Up', 'up'), lines('a', 'a_total'))).toBe(
      'a',
    );
    expect(chosenFor(['up == 0'], stat('Up', 'up'))).toBe('Up');
  });

  test('can show the series of the alert', () => {
    const others = [
      lines('equal', 'm{job="jaeger"}'),
      lines('pattern', 'm{job=~"jaeger.*"}'),
      lines('not', 'm{job!="collector"}'),
      lines('not like', 'm{job!~"collec.*"}'),
    ];
    for (const other of others) expect(chosenFor(['m{job="collector"} > 1'], other)).toBeUndefined();
    const variable = lines('variable', 'm{job="$job"}');
    expect(chosenFor(['m{job="collector"} > 1'], ...others, variable)).toBe('variable');
  });

  test('shares the matchers of the alert, before it is of any kind', () => {
    const [all, failing] = [lines('all', 'rate(calls[5m])'), stat('failing', 'rate(calls{status="ERROR"}[5m])')];
    expect(chosenFor(['rate(calls{status="ERROR"}[5m]) > 1'], all, failing)).toBe('failing');
  });

  test('shows values over time, then as little else as possible, then comes first', () => {
    const [now, many] = [stat('now', 'm'), lines('many', 'm', 'other')];
    const [first, second] = [lines('first', 'm'), lines('second', 'm')];
    expect(chosenFor(['m > 1'], now, many)).toBe('many');
    expect(chosenFor(['m > 1'], many, first)).toBe('first');
    expect(chosenFor(['m > 1'], first, second)).toBe('first');
  });

  test('is the one that the alert names, if there is one', () => {
    const dashboards = [dashboardOf('nodes', [lines('derived', 'm'), lines('named', 'other')])];
    const named = (title: string) => alertOn('A', ['m > 1'], { dashboard: 'nodes', title });
    expect(alertPanels(dashboards, [named('named')]).panels.get('A')?.panelTitle).toBe('named');
    expect(alertPanels(dashboards, [named('gone')]).panels.get('A')?.panelTitle).toBe('derived');
  });

  test('is shown for the labels of the alert, or for the only value that its rules select', () => {
    const variable = (name: string, of: string): Variable => ({
      ...{ name, label: name, description: '', of, series: ['m'], several: false },
    });
    const variables = [variable('pod', 'pod'), variable('service', 'service_name'), variable('node', 'node')];
    const { panels } = alertPanels(
      [dashboardOf('nodes', [lines('m', 'm')], variables)],
      [alertOn('A', ['m{service_name="a b",node="x"} > 1', 'm{service_name="a b",node="y"} > 1'])],
    );
    const panel = panels.get('A');
    expect(panel?.variables).toEqual([
      { name: 'pod', label: 'pod' },
      { name: 'service', value: 'a b' },
    ]);
    expect(panel && panelUrlTemplate('https://grafana.example.com/{{x/', panel)).toBe(
      `https://grafana.example.com/{{ "{" }}{x/d/nodes?viewPanel=panel-${panel?.panelId}&var-service=a%20b&var-pod={{ $labels.pod | urlquery }}`,
    );
  });
});

test('a dashboard shows the alerts for which it has a panel as good as the best', () => {
  const dashboards = [
    dashboardOf('nodes', [lines('a', 'a')]),
    dashboardOf('traces', [stat('a and b', 'a', 'b')]),
    dashboardOf('jaeger', [lines('c', 'c')]),
  ];
  const { alertsOn } = alertPanels(dashboards, [alertOn('A', ['a > 1']), alertOn('Both', ['a / b > 1'])]);
  expect(alertsOn('nodes')).toEqual(['A']);
  expect(alertsOn('traces')).toEqual(['A', 'Both']);
  expect(alertsOn('jaeger')).toEqual([]);
});

test.each([
  ['a / b > 0.5', [['a / b', 0.5]]],
  ['(a > 1) and on (job) b == 0', [['a', 1]]],
  [
    'a > 1 or b > 2',
    [
      ['a', 1],
      ['b', 2],
    ],
  ],
  [
    'max(a) != min(a)',
    [
      ['max(a)', undefined],
      ['min(a)', undefined],
    ],
  ],
  ['absent(up{job="x"})', [['absent(up{job="x"})', undefined]]],
  ['vector(1)', []],
])('%s measures %j', (expr, measured) => {
  expect(measuredBy(expr).map((one) => [one.expr, one.limit])).toEqual(measured);
});

const environments = [...allStacks(), { name: 'everything', stack: stackFrom(FULLEST) }];

describe.each(environments)('$name', ({ stack }) => {
  const { alerts, alertPanels: found, groups } = stack.rules;
  const on = alerts.filter(({ off }) => off === null);
  const dashboards = dashboardsIn(stack);

  test('every alert on a metric leads to a panel that is there', () => {
    const hasPages = dashboards.has('runbooks');
    for (const { definition, rules } of on) {
      const panel = found.panels.get(definition.name);
      if (panel === undefined && (!hasPages || rules.every(({ expr }) => metricNames(expr).length === 0))) continue;
      const file = dashboards.get(panel?.uid ?? '')?.file;
      const all = file?.panels.flatMap((one) => [one, ...(one.panels ?? [])]) ?? [];
      const title = all.find(({ id }) => id === panel?.panelId)?.title;
      expect([definition.name, title]).toEqual([definition.name, panel?.panelTitle]);
      const names = file?.templating?.list?.map(({ name }) => name) ?? [];
      expect(names).toEqual(expect.arrayContaining(panel?.variables.map(({ name }) => name) ?? []));
    }
  });

  test('the dashboard_url of each rule leads to its panel', () => {
    const rules = groups.flatMap((group) => group.rules.flatMap((rule) => ('alert' in rule ? [rule] : [])));
    for (const { alert, annotations } of rules) {
      const panel = found.panels.get(alert);
      const [, uid, id] = annotations.dashboard_url?.match(/\/d\/([\w-]+)\?viewPanel=panel-(\d+)(?=&|$)/) ?? [];
      expect([alert, uid, id]).toEqual([alert, panel?.uid, panel && `${panel.panelId}`]);
    }
  });
});

test('a panel that an alert names is there', () => {
  const { alerts, alertPanels: found } = stackFrom(FULLEST).rules;
  const named = alerts.flatMap(({ definition: { name, panel } }) => (panel === undefined ? [] : [{ name, panel }]));
  expect(named.length).toBeGreaterThan(0);
  expect(named.map(({ name }) => found.panels.get(name)?.panelTitle)).toEqual(named.map(({ panel }) => panel.title));
});

test("Grafana's own alerts name dashboard and panel, both or neither", () => {
  interface Rule {
    readonly labels: object;
    readonly annotations: Readonly<Record<string, string>>;
  }
  const rendered = render('alerts: {evaluatedBy: grafana}\nalertmanager: {enabled: false}');
  const { groups } = configFile<{ groups: readonly { rules: readonly Rule[] }[] }>(
    rendered,
    'grafana-alert-rules-platform',
    'alert-rules-platform.yaml',
  );
  const all = groups.flatMap(({ rules }) => rules.map(({ annotations }) => annotations));
  const ids = all.map(({ __dashboardUid__: uid, __panelId__: id }) => [uid === undefined, /^\d+$/.test(id ?? '')]);
  expect(ids.filter(([isMissing, isId]) => isMissing === isId)).toEqual([]);
  expect(ids.filter(([, isId]) => isId).length).toBeGreaterThan(30);
  expect(all.filter((annotations) => 'dashboard_url' in annotations)).toEqual([]);
});
