import { type PanelContext, renderPanel } from '../../../../content/dashboards/render/panel';
import type { Panel, Table } from '../../../../content/dashboards/spec';
import { UNITS } from '../../../../content/dashboards/units';

const PLACE = { x: 0, y: 0, w: 24, h: 9 };
const context: PanelContext = { dashboard: 'Some', to: { targets: new Map(), own: [] }, note: () => undefined };
const rendered = (panel: Panel) => JSON.parse(JSON.stringify(renderPanel(panel, PLACE, context).build()));
const EXPLAINED = { title: 'Firing', description: 'What fires at this moment', noData: 'Nothing fires at this moment' };

const table: Table = {
  ...EXPLAINED,
  kind: 'table',
  unit: UNITS.count,
  columns: { alertname: 'Alert' },
  queries: [
    { expr: 'max by (alertname) (ALERTS)', legend: 'Severity' },
    { expr: 'max by (alertname) (ALERTS_FOR_STATE)', legend: 'Since' },
  ],
  cells: { Severity: { show: 'colour', words: { 0: 'info', 1: { text: 'critical', colour: 'red' } } } },
  sortBy: 'Severity',
};

test('a table may be sorted by a second column', () => {
  expect(rendered({ ...table, thenBy: 'Since' }).options.sortBy).toEqual([
    { displayName: 'Severity', desc: true },
    { displayName: 'Since', desc: true },
  ]);
  expect(rendered({ ...table, ascending: true }).options.sortBy).toEqual([{ displayName: 'Severity', desc: false }]);
});

test('a word may have a colour of its own', () => {
  const severity = rendered(table).fieldConfig.overrides.find(
    ({ matcher }: { matcher: { options: string } }) => matcher.options === 'Severity',
  );
  const mappings = severity.properties.find(({ id }: { id: string }) => id === 'mappings');
  expect(mappings.value[0].options).toEqual({
    0: { text: 'info', index: 0 },
    1: { text: 'critical', color: 'red', index: 1 },
  });
});

test("Grafana's own alerts are a list without queries, and without those that the matchers leave out", () => {
  const panel = rendered({ ...EXPLAINED, kind: 'alerts', matchers: 'alertname!="Watchdog"' });
  expect(panel).toMatchObject({ type: 'alertlist', targets: [], gridPos: PLACE });
  expect(panel.options).toMatchObject({
    alertInstanceLabelFilter: '{alertname!="Watchdog"}',
    datasource: '-- Grafana --',
    sortOrder: 3,
    stateFilter: { firing: true, pending: true, normal: false },
  });
});
