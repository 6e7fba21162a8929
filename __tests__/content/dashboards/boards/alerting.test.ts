import { alerting } from '../../../../content/dashboards/boards/alerting';
import { renderDashboard } from '../../../../content/dashboards/render/dashboard';
import { select } from '../../../../content/dashboards/render/select';
import { configFrom } from '../../../support';
import { asItIs } from '../dashboard-files';

/** The dashboard of alerts of an environment as it is. */
function alertingOf(text: string) {
  const config = configFrom(text);
  const { expressions } = asItIs(config);
  const { dashboard } = select(alerting(config), expressions.missing);
  if (dashboard === undefined) throw new Error('nothing is left');
  renderDashboard(dashboard, new Map(), expressions.addPanel);
  expect(expressions.panelProblems()).toEqual([]);
  return dashboard;
}
const panels = (text: string) => alertingOf(text).rows.flatMap((row) => row.panels);
const titles = (text: string) => panels(text).map(({ title }) => title);

test('each alert leads to its own runbook, from an hour before it began', () => {
  const urlIn = (text: string) => {
    const table = panels(text).find(({ kind }) => kind === 'table');
    return table?.kind === 'table' ? table.links : [];
  };
  expect(urlIn('')).toEqual([
    { title: 'Runbook', url: '/d/runbook-${__data.fields.Alert}?from=${__data.fields.From.numeric}&to=now' },
  ]);
  expect(urlIn('alerts: {runbookUrl: "https://git.example.com/runbooks/"}')).toEqual([
    { title: 'Runbook', url: 'https://git.example.com/runbooks/${__data.fields.Alert}.md' },
  ]);
});

test('the gossip is shown where there is one', () => {
  expect(titles('')).not.toContain('Members of the gossip');
  expect(titles('alertmanager: {replicas: 2}')).toContain('Members of the gossip');
});

test('without Alertmanager there is nothing about it', () =>
  expect(JSON.stringify(panels('alertmanager: {enabled: false}'))).not.toContain('alertmanager_'));

test('asks Grafana for alerts that Grafana evaluates, and counts none of its own', () => {
  const dashboard = alertingOf('alerts: {evaluatedBy: grafana}');
  expect(dashboard.rows.flatMap((row) => row.panels).map(({ kind }) => kind)).toContain('alerts');
  expect(JSON.stringify(dashboard)).not.toContain('ALERTS');
});

test('no legend and no text is the path of a rule file', () => {
  const groups = panels('').filter((panel) => JSON.stringify(panel).includes('rule_group'));
  expect(groups.length).toBeGreaterThan(2);
  for (const panel of groups) expect(JSON.stringify(panel)).not.toContain('{{rule_group}}');
});
