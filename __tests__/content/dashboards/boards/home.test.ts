import { home } from '../../../../content/dashboards/boards/home';
import { renderDashboard } from '../../../../content/dashboards/render/dashboard';
import { select } from '../../../../content/dashboards/render/select';
import { configFrom } from '../../../support';
import { asItIs } from '../dashboard-files';

/** The home page of an environment as it is. */
function homeOf(text: string) {
  const config = configFrom(text);
  const { expressions, slos } = asItIs(config);
  const { dashboard } = select(home(config, slos.length > 0), expressions.missing);
  if (dashboard === undefined) throw new Error('nothing is left');
  // It has the form of a dashboard, whatever was left out.
  renderDashboard(dashboard, new Map(), expressions.addPanel);
  expect(expressions.panelProblems()).toEqual([]);
  return dashboard;
}
const titles = (text: string) => homeOf(text).rows.flatMap(({ panels }) => panels.map(({ title }) => title));
const ALWAYS = [
  'Services failing',
  'Targets down',
  'Spans refused',
  'Spans waiting',
  'Services',
  'Programs of the stack',
];

test('says whether everything is well, and what is not', () => {
  expect(titles('').slice(0, 11)).toEqual([
    'Services failing',
    'Critical alerts',
    'Warnings',
    'Lowest budget',
    'Targets down',
    'Pods not ready',
    'Spans refused',
    'Spans waiting',
    'Services',
    'Alerts that fire',
    'Error budget left',
  ]);
  expect(titles('')).toContain('Images that run');
});

test.each([
  ['without Jan Server', 'janServer: null', []],
  ['without objectives', 'slos: []', ['Lowest budget', 'Error budget left']],
  ['without kube-state-metrics', 'kubeStateMetrics: {enabled: false}', ['Pods not ready', 'Images that run']],
  [
    'with as little as there can be',
    'janServer: null\nslos: []\nkubeStateMetrics: {enabled: false}\nkubelet: {enabled: false}\nalertmanager: {enabled: false}',
    ['Lowest budget', 'Error budget left', 'Pods not ready', 'Images that run'],
  ],
])('%s only the panels without a source fall away', (_name, text, gone) => {
  const left = titles(text);
  for (const title of ALWAYS) expect(left).toContain(title);
  for (const title of gone) expect(left).not.toContain(title);
});

test('asks Grafana for alerts that Grafana evaluates: Prometheus would count none', () => {
  const { rows } = homeOf('alerts: {evaluatedBy: grafana}');
  expect(rows.flatMap(({ panels }) => panels).map(({ kind }) => kind)).toContain('alerts');
  expect(JSON.stringify(rows)).not.toContain('ALERTS');
});
