/** Panels of traces: what they ask, and that each way to a trace ends on a dashboard, which a viewer may open. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { type File, files, panelsOf } from './dashboard-files';

interface Override {
  readonly matcher: { readonly id: string; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}
interface TracePanel {
  readonly title: string;
  readonly type: string;
  readonly datasource?: { readonly uid: string };
  readonly targets: readonly { readonly queryType?: string; readonly query?: string; readonly service?: string }[];
  readonly fieldConfig: { readonly overrides: readonly Override[] };
}

const ofJaeger = (all: readonly File[]) =>
  all.flatMap((file) =>
    panelsOf(file).flatMap((panel) => (panel.datasource?.uid === 'jaeger' ? [panel as unknown as TracePanel] : [])),
  );
const standard = files('').map(({ file }) => file);
const tables = (all: readonly File[]) => ofJaeger(all).filter(({ type }) => type === 'table');
const overrides = ({ fieldConfig }: TracePanel, heading: string) =>
  fieldConfig.overrides.filter(({ matcher }) => matcher.options === heading).flatMap(({ properties }) => properties);

test('a panel of Jaeger has one query, because the datasource ignores the others', () => {
  const panels = ofJaeger(standard);
  expect(panels.length).toBeGreaterThan(4);
  for (const { title, targets } of panels) expect([title, targets.length]).toEqual([title, 1]);
});

test('the spans of a trace are asked for by its id alone: a query with a type is a search', () => {
  const [page] = standard.filter(({ uid }) => uid === DASHBOARD_UIDS.trace).map((file) => ofJaeger([file]));
  const spans = page?.find(({ type }) => type === 'traces');
  const datasource = { type: 'jaeger', uid: 'jaeger' };
  expect(spans?.targets).toEqual([{ refId: 'A', datasource, query: '${traceId}' }]);
});

test('the dashboard of a trace is refreshed by hand only, because a refresh closes the spans that were opened', () => {
  const refreshed = files('').map(({ text }) => JSON.parse(text) as { uid: string; refresh: string });
  for (const { uid, refresh } of refreshed)
    expect([uid, refresh]).toEqual([uid, uid === DASHBOARD_UIDS.trace ? '' : '30s']);
});

test('a trace ID of a table opens the dashboard of the trace, and nothing else', () => {
  for (const table of tables(standard)) {
    const links = overrides(table, 'Trace ID').filter(({ id }) => id === 'links');
    // The first one removes the link of the datasource.
    expect(links.map(({ value }) => value)).toEqual([
      null,
      [
        {
          title: 'Open the trace',
          url: '/d/trace?${__url_time_range}&var-traceId=${__value.raw}&var-service=${service}',
          targetBlank: false,
        },
      ],
    ]);
  }
});

test('a trace ID keeps the link to Explore where that dashboard is disabled', () => {
  const off = files('grafana: {dashboards: {trace: {enabled: false}}}').map(({ file }) => file);
  expect(tables(off).length).toBeGreaterThan(0);
  for (const table of tables(off)) expect(overrides(table, 'Trace ID').map(({ id }) => id)).toEqual(['custom.width']);
});

test('the columns of a table of traces leave the width to the name of the trace', () => {
  for (const table of tables(standard)) {
    const widths = ['Trace ID', 'Trace name', 'Start time', 'Duration'].map(
      (heading) => overrides(table, heading).find(({ id }) => id === 'custom.width')?.value,
    );
    expect(widths).toEqual([120, undefined, 170, 110]);
  }
});

test('no link leads to Explore, and each link to a trace has its id', () => {
  const text = files('')
    .map(({ text }) => text)
    .join('\n');
  expect(text).not.toContain('/explore?');
  const links = [...text.matchAll(/"[^"]*\/d\/trace(?![\w-])[^"]*"/g)].map(([link]) => link);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(link).toContain('var-traceId=${__value.raw}');
});
