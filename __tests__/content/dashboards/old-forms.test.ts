/** Dashboards have the form that Grafana 12 and 13 both read as it is, and nothing of them is hidden behind a menu. */
import { appsOf } from '../../../stack/apps';
import { manifestsOf } from '../../../stack/checks/manifest';
import { allStacks, isDashboard } from '../../support';
import { oldForms } from './old-forms';

interface Dashboard extends Readonly<Record<string, unknown>> {
  readonly uid: string;
  readonly links?: readonly { readonly title: string; readonly placement?: string }[];
  readonly annotations?: { readonly list?: readonly { readonly name: string; readonly placement?: string }[] };
}

/** Each dashboard of each stack, once for each text that it has. */
const dashboards = new Map(
  allStacks().flatMap(({ name, stack }) =>
    manifestsOf(appsOf(stack))
      .filter(isDashboard)
      .flatMap(({ data = {} }) => Object.values(data))
      .map((text): [string, Dashboard] => {
        const dashboard = JSON.parse(text) as Dashboard;
        return [text, { ...dashboard, where: `${dashboard.uid} of ${name}` }];
      }),
  ),
);
const cases = [...dashboards.values()].map((dashboard): [string, Dashboard] => [`${dashboard.where}`, dashboard]);

test.each(cases)('%s has no old form, which Grafana would convert', (_where, dashboard) => {
  expect(oldForms(dashboard)).toEqual([]);
});

test.each(cases)('%s shows its links and annotations beside its variables, not in a menu', (_where, dashboard) => {
  const { links = [], annotations } = dashboard;
  const hidden = [...links, ...(annotations?.list ?? [])].filter(({ placement }) => placement === 'inControlsMenu');
  expect(hidden).toEqual([]);
});

const source = { type: 'prometheus', uid: 'prometheus' };
const panel = { type: 'timeseries', title: 'CPU', datasource: source, targets: [{ refId: 'A', datasource: source }] };
const good = { uid: 'x', schemaVersion: 42, refresh: '30s', panels: [panel] };
const withPanel = (change: object) => ({ ...good, panels: [{ ...panel, ...change }] });
const overridden = (id: string, value: unknown) =>
  withPanel({ fieldConfig: { overrides: [{ matcher: { id: 'byName', options: 'a' }, properties: [{ id, value }] }] } });

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['schema version 41', { ...good, schemaVersion: 41 }],
  ['v16', { ...good, rows: [] }],
  ['v28', withPanel({ type: 'graph' })],
  ['v30', withPanel({ fieldConfig: { defaults: { mappings: [{ type: 1, value: '0', text: 'down' }] } } })],
  ['v30', withPanel({ options: { tooltipOptions: {} } })],
  ['v35', withPanel({ fieldConfig: { defaults: { custom: { axisPlacement: 'hidden' } } } })],
  ['v36', withPanel({ datasource: 'Prometheus' })],
  ['v36', withPanel({ targets: [{ refId: 'A' }] })],
  ['v36', { ...good, annotations: { list: [{ name: 'a', datasource: 'Prometheus' }] } }],
  ['v36', { ...good, templating: { list: [{ type: 'query', datasource: null }] } }],
  ['v37', withPanel({ options: { legend: true } })],
  ['v37', withPanel({ options: { legend: { displayMode: 'table' } } })],
  ['v38', withPanel({ type: 'table', fieldConfig: { defaults: { custom: { displayMode: 'basic' } } } })],
  ['v38', overridden('custom.displayMode', 'color-background')],
  ['v39', withPanel({ transformations: [{ id: 'timeSeriesTable', options: { refIdToStat: { A: 'mean' } } }] })],
  ['v40', { ...good, refresh: false }],
  ['v41', { ...good, timepicker: { time_options: [] } }],
  ['v42', overridden('custom.hideFrom', { viz: true })],
  ['v36', { ...good, panels: [{ type: 'row', title: 'row', panels: [{ ...panel, datasource: null }] }] }],
])('the old form of %s is found', (name, dashboard) => {
  expect(oldForms(good)).toEqual([]);
  expect(oldForms(dashboard)).toEqual([expect.stringMatching(`^${name}`)]);
});
