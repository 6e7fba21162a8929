/** Rules, dashboards and other files of a project: what is wrong in them, and what the metric contract says of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadEnvironments } from '../../stack/load';

let root: string;
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const failure = () => {
  try {
    loadEnvironments(root);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cdk8s-observability-'));
  write('environments/development.yaml', '');
});
afterEach(() => rmSync(root, { recursive: true }));

test('problems of all files come together', () => {
  write('environments/Bad Name.yaml', '');
  write('environments/broken.yaml', 'namespace: 1');
  write('rules/broken.yaml', 'groups: [{name: a, rules: [{alert: A, expr: "rate(x[5m"}, {alert: B}]}]');
  write('rules/doubled.yaml', 'groups: [{name: a, rules: []}, {name: a, rules: []}]');
  write('rules/promql.yaml', 'groups: [{name: a, rules: [{alert: A, expr: "rate(x[5m"}]}]');
  write('dashboards/broken.json', '{"title": "x"');
  write('dashboards/nameless.json', '{"panels": []}');
  write(
    'dashboards/promql.json',
    '{"title": "x", "uid": "y", "panels": [{"targets": [{"expr": "sum(rate(x[$__rate_interval])"}]}]}',
  );
  const message = failure();
  for (const place of [
    'Bad Name.yaml',
    'broken.yaml:1  namespace',
    'groups[0].rules[1].expr',
    'doubled.yaml:1  groups[1].name',
    'rules/promql.yaml:1  groups[0].rules[0].expr',
    'broken.json',
    'nameless.json',
    'panels[0].targets[0].expr',
  ]) {
    expect(message).toContain(place);
  }
  expect(message).not.toMatch(/undefined|\[object/);
});

test('files that are not read, or that no ConfigMap can contain', () => {
  write('environments/staging.yml', '');
  write('rules/shop.yml', '');
  write('rules/two words.yaml', 'groups: []');
  write('dashboards/shop.yaml', '');
  const message = failure();
  expect(message).toMatch(/environments\/staging\.yml\n.*not read\n.*rename it to staging\.yaml/);
  expect(message).toMatch(/rules\/shop\.yml\n/);
  expect(message).toMatch(/rules\/two words\.yaml\n.*file names of letters/);
  expect(message).toMatch(/dashboards\/shop\.yaml\n.*\n.*shop\.json/);
});

test('a dashboard with the uid of one of ours', () => {
  write('dashboards/a.json', '{"title": "A", "uid": "jan-server-overview"}');
  expect(failure()).toMatch(/one of our own has the same/);
});

test('a dashboard with the uid of a runbook page', () => {
  write('dashboards/a.json', '{"title": "A", "uid": "runbook-TargetDown"}');
  expect(failure()).toMatch(/the runbook page of an alert has the same/);
});

describe('against the catalogue of metrics', () => {
  const alert = (expr: string) => `groups: [{name: shop, rules: [{alert: A, expr: ${JSON.stringify(expr)}, for: 5m}]}]`;
  const panel = (expr: string, uid = 'prometheus') =>
    JSON.stringify({
      title: 'Shop',
      uid: 'shop',
      panels: [{ title: 'Orders', datasource: { type: 'prometheus', uid }, targets: [{ expr }] }],
    });

  test('a metric without a source: the spot, and how to declare it', () => {
    write('rules/shop.yaml', alert('rate(shop_orders_total[5m]) > 5'));
    const message = failure();
    expect(message).toContain('rules/shop.yaml:1  groups[0].rules[0].expr');
    expect(message).toContain(
      '    value    rate(shop_orders_total[5m]) > 5\n                  ^^^^^^^^^^^^^^^^^\n    allowed  no program in the catalogue emits shop_orders_total (unknown-metric)',
    );
    expect(message).toContain('declare it under metrics in environments/development.yaml');
  });

  test('a problem of two environments is reported once, with both', () => {
    write('environments/production.yaml', '');
    write('dashboards/shop.json', panel('sum(shop_orders)'));
    expect(failure().match(/unknown-metric/g)).toHaveLength(1);
    expect(failure()).toContain('environments/development.yaml and environments/production.yaml');
  });

  test('declared in one environment only', () => {
    write('environments/production.yaml', 'metrics: [{name: shop_orders, type: gauge}]');
    write('dashboards/shop.json', panel('sum(shop_orders)'));
    expect(failure()).toMatch(/metrics in environments\/development\.yaml,/);
  });

  test.each([
    ['its type', 'metrics: [{name: shop_orders, type: gauge}]', 'rate(shop_orders[5m]) > 1', 'rate-of-gauge'],
    [
      'its labels',
      'metrics: [{name: shop_orders, type: gauge, labels: [lane]}]',
      'shop_orders{line="a"} > 1',
      'unknown-label',
    ],
    ['our metrics', '', 'rate(otelcol_receiver_accepted_spans[5m]) > 1', 'unknown-metric'],
    ['versions that are not deployed', '', 'rate(otelcol_exporter_send_failed_spans[5m]) > 1', 'unknown-metric'],
  ])('%s', (_what, environment, expr, rule) => {
    write('environments/development.yaml', environment);
    write('rules/shop.yaml', alert(expr));
    expect(failure()).toContain(`(${rule})`);
  });

  test.each([
    [
      'a declared histogram',
      'metrics: [{name: shop_seconds, type: histogram}]',
      'histogram_quantile(0.9, rate(shop_seconds_bucket[5m])) > 1',
    ],
    ['a declared prefix', "metrics: [{name: 'shop_*'}]", 'rate(shop_orders_total{lane="a"}[5m]) > 1'],
    ['an SLO of the configuration', '', 'slo:burn_rate > 5'],
    ['a rule that is allowed', '', 'shop_orders > 1 # allow unknown-metric'],
  ])('%s is accepted', (_what, environment, expr) => {
    write('environments/development.yaml', environment);
    write('rules/shop.yaml', alert(expr));
    expect(loadEnvironments(root)).toHaveLength(1);
  });

  test('what one rule file records, another file and a dashboard may read', () => {
    write('rules/a.yaml', 'groups: [{name: a, rules: [{record: "job:up:sum", expr: "sum by (job) (up)"}]}]');
    write('rules/b.yaml', alert('job:up:sum{job="shop"} < 1'));
    write('dashboards/shop.json', panel('job:up:sum'));
    expect(loadEnvironments(root)).toHaveLength(1);
    write('dashboards/shop.json', panel('sum by (pod) (job:up:sum)'));
    expect(failure()).toMatch(/job:up:sum has no label pod \(unknown-label\)[\s\S]*its labels: job/);
  });

  test.each(['${DS_PROMETHEUS}', 'prometheus-2'])('a datasource that is not provisioned: %s', (uid) => {
    write('dashboards/shop.json', panel('sum(up)', uid));
    expect(failure()).toMatch(
      /dashboards\/shop\.json {2}panels\[0\]\.datasource[\s\S]*provisioned are:[\s\S]*uid: prometheus/,
    );
  });
});

test('two dashboards of one uid', () => {
  write('dashboards/a.json', '{"title": "A", "uid": "same"}');
  write('dashboards/b.json', '{"title": "B", "uid": "same"}');
  expect(failure()).toMatch(/dashboards\/b\.json {2}uid[\s\S]*a\.json has the same/);
});

test('a dashboard that no object can hold', () => {
  write('dashboards/large.json', JSON.stringify({ title: 'A', uid: 'a', text: 'x'.repeat(210 * 1024) }));
  expect(failure()).toMatch(/at most 204800 bytes/);
});

test('a sampling file that is absent, or says something else', () => {
  write('environments/development.yaml', 'jaeger: {samplingStrategiesFile: sampling/s.json}');
  expect(failure()).toMatch(/jaeger\.samplingStrategiesFile[\s\S]*create sampling\/s\.json/);
  write('sampling/s.json', '{"default_strategy": {"type": "sometimes", "param": 2}}');
  expect(failure()).toMatch(/sampling\/s\.json:1 {2}default_strategy\.type[\s\S]*"probabilistic", "ratelimiting"/);
});

test('rules and dashboards are provisioned with the environment', () => {
  write('rules/shop.yaml', 'groups: [{name: shop, rules: [{record: "a:b", expr: "sum(up)"}]}]');
  write('dashboards/shop.json', '{"title": "Shop", "uid": "shop"}');
  expect(loadEnvironments(root)).toMatchObject([
    { environment: 'development', rules: [{ name: 'shop.yaml' }], dashboards: [{ uid: 'shop' }] },
  ]);
});

test('a project without environments', () => {
  rmSync(join(root, 'environments'), { recursive: true });
  expect(failure()).toMatch(/at least one environment file/);
});
