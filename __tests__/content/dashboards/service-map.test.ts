/** The service map as Grafana's JSON: what its node graph reads by name. The lab asks Grafana's library and Prometheus about the rest. */
import { byKind, callTable, jaegerMap, serviceMap } from '../../../content/dashboards/boards/service-map';
import { panelRecordingRules } from '../../../content/dashboards/records';
import { renderPanel } from '../../../content/dashboards/render/panel';
import type { Panel as Spec } from '../../../content/dashboards/spec';
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { EMITTERS } from '../../../metrics/emitters';
import { ExpressionChecks } from '../../../stack/expressions';
import { configFrom } from '../../support';
import type { Panel } from './dashboard-files';

const config = configFrom('janServer: null');
const records = panelRecordingRules(config, () => undefined);
const checks = new ExpressionChecks(config, records, new Set(Object.values(EMITTERS)));
const rendered = (spec: Spec, uids: readonly (typeof DASHBOARD_UIDS)[keyof typeof DASHBOARD_UIDS][]): Panel => {
  const to = { targets: new Map(uids.map((uid) => [uid, { title: uid, variables: [] }])), own: [] };
  const panel = renderPanel(spec, { x: 0, y: 0, w: 24, h: 14 }, { dashboard: 'Map', to, note: checks.addPanel });
  return JSON.parse(JSON.stringify(panel.build()));
};
const map = rendered(serviceMap(), [DASHBOARD_UIDS.red, DASHBOARD_UIDS.traces]);
const columns = map.targets.map(({ legendFormat }) => legendFormat);

test('the expressions are right by the catalogue of metrics', () => {
  rendered(callTable(), [DASHBOARD_UIDS.red]);
  for (const { expr } of byKind(
    (matcher) => `sum(rate(traces_span_metrics_calls_total{${matcher}}[$__rate_interval]))`,
  ))
    checks.addPanel('kinds', expr);
  expect(checks.panelProblems()).toEqual([]);
});

test('every query is instant, and names its column in the label that becomes the name of the field', () => {
  expect(map.targets.map(({ instant }) => instant)).toEqual(columns.map(() => true));
  for (const { expr = '', legendFormat } of map.targets) expect(expr).toContain(`"field", "${legendFormat}", `);
  expect(map.transformations?.[0]).toEqual({
    id: 'labelsToFields',
    options: { mode: 'columns', valueLabel: 'field', keepLabels: ['field', 'id', 'source', 'target', 'title'] },
  });
});

test('the columns are those that the node graph reads', () => {
  expect(columns).toEqual([
    ...['mainstat', 'secondarystat', 'detail__p95', 'highlighted'],
    ...['mainstat', 'secondarystat', 'detail__p95', 'detail__calls', 'arc__failed', 'arc__ok'],
  ]);
});

test('queries of edges are merged into one frame, and those of nodes into another', () => {
  const merged = (map.transformations ?? []).slice(1).map((one) => ({ ...one, options: undefined }));
  expect(merged).toEqual([
    { id: 'merge', filter: { id: 'byRefId', options: '/^(A|B|C|D)$/' } },
    { id: 'merge', filter: { id: 'byRefId', options: '/^(E|F|G|H|I|J)$/' } },
  ]);
  const ofEdges = map.targets.filter(({ expr }) => expr?.includes('"id", "::", "source", "target"'));
  expect(ofEdges.map(({ refId }) => refId)).toEqual(['A', 'B', 'C', 'D']);
});

test('units are printed as they are, and details have none', () => {
  expect(map.options).toMatchObject({
    edges: { mainStatUnit: 'req/s', secondaryStatUnit: '% failing' },
    nodes: {
      mainStatUnit: 'req/s',
      secondaryStatUnit: '% failing',
      arcs: [
        { field: 'arc__failed', color: 'red' },
        { field: 'arc__ok', color: 'green' },
      ],
    },
  });
  const details = map.fieldConfig.overrides?.filter(({ matcher }) => matcher.options.startsWith('detail__')) ?? [];
  expect(details).toHaveLength(2);
  for (const { properties } of details) expect(properties).toContainEqual({ id: 'unit', value: '' });
});

test.each(['title', 'source'])('a click on %s leads to the requests and the traces of what is clicked', (field) => {
  const override = map.fieldConfig.overrides?.find(({ matcher }) => matcher.options === field);
  const links = override?.properties.find(({ id }) => id === 'links')?.value as { url: string }[];
  expect(links.map(({ url }) => url)).toEqual([
    `/d/${DASHBOARD_UIDS.red}?\${__url_time_range}&var-service=\${__value.raw}`,
    `/d/${DASHBOARD_UIDS.traces}?\${__url_time_range}&var-service=\${__value.raw}`,
    expect.stringMatching(/&var-service=\$\{__value\.raw\}&var-tags=.*=true$/),
  ]);
});

test('links to a dashboard that is not rendered are left out', () => {
  const alone = rendered(serviceMap(), []);
  expect(JSON.stringify(alone)).not.toContain(`/d/${DASHBOARD_UIDS.red}`);
});

test('the text for no data says what a service must send', () => {
  for (const { noData } of [serviceMap(), callTable()]) expect(noData).toMatch(/client spans.*peer\.service/);
  expect(rendered(jaegerMap(), []).targets).toEqual([
    { refId: 'A', datasource: { type: 'jaeger', uid: 'jaeger' }, queryType: 'dependencyGraph' },
  ]);
});

test('kinds of spans have a name in plain words', () => {
  expect(byKind((matcher) => `x{${matcher}}`).map(({ expr, legend }) => [expr, legend])).toEqual(
    ['server', 'client', 'producer', 'consumer', 'internal'].map((kind) => [
      `x{span_kind="SPAN_KIND_${kind.toUpperCase()}"}`,
      kind,
    ]),
  );
});
