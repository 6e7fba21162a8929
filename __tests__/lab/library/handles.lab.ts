/** What is added to a stack by its handles is judged by the programs that read it, as the environments are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { ObservabilityStack, synth } from '../../../index';
import { FILE_JUDGES } from '../../../lab/conformance/conformance';
import { readManifests } from '../../../lab/conformance/manifests';

const outdir = mkdtempSync(join(tmpdir(), 'library-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const PODS = { namespace: 'shop', podLabels: { app: 'shop' } };
const RULES = [
  { record: 'shop:orders:rate5m', expr: 'sum(rate(shop_orders_total[5m]))' },
  {
    alert: 'ShopIdle',
    expr: 'shop:orders:rate5m == 0',
    for: '10m',
    labels: { severity: 'info' },
    annotations: { summary: 'No orders: {{ $value | humanize }}' },
  },
];

beforeAll(() => {
  const parts = [new App({ outdir })];
  const [main = new App()] = parts;
  const stack = new ObservabilityStack(main, 'stack', {
    environment: 'development',
    settings: { janServer: null, metrics: [{ name: 'shop_orders_total', type: 'counter' }] },
    scopeOf: (folder) => {
      const part = new App({ outdir: join(outdir, folder) });
      parts.push(part);
      return part;
    },
  });
  stack.prometheus.scrape({ ...PODS, job: 'shop', port: 8080, path: '/internal/metrics', interval: '30s' });
  stack.prometheus.addRules('shop.yaml', { groups: [{ name: 'shop', rules: RULES }] });
  const panel = {
    id: 1,
    type: 'timeseries',
    title: 'Orders',
    gridPos: { x: 0, y: 0, w: 24, h: 8 },
    datasource: { type: 'prometheus', uid: 'prometheus' },
    targets: [{ refId: 'A', expr: 'shop:orders:rate5m' }],
  };
  stack.grafana.addDashboard('shop.json', { uid: 'shop', title: 'Shop', schemaVersion: 42, panels: [panel] });
  stack.network.allow({ namespace: 'ingress-nginx' }, stack.grafana.http);
  for (const part of parts) synth(part);
});

test.each([
  'promtool check and test',
  'Grafana: schemas, data sources, queries',
  'NetworkPolicies against configurations',
])('%s', async (judge) => {
  const ruling = await FILE_JUDGES[judge]?.(readManifests(outdir));
  expect(ruling?.judgements.length).toBeGreaterThan(0);
  expect(ruling?.judgements.filter(({ problem }) => problem !== null)).toEqual([]);
});
