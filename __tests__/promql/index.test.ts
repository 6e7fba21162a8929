/** The checker as an outsider uses it: by its entry file alone, with a catalogue of one's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as promql from '../../promql';
import { ROOT } from '../support';

const SHOP: promql.Emitter = { title: 'the shop', switchedOnBy: 'shop.enabled', targetLabels: { job: 'fixed' } };
const ORDERS: promql.Metric = {
  name: 'shop_orders_total',
  type: 'counter',
  unit: 'orders',
  labels: { status: 'fixed' },
  emitter: SHOP,
  recorded: true,
  emitted: 'always',
};
const context: promql.CheckContext = { catalogue: new promql.Catalogue([ORDERS]), scrapeInterval: 15 };
const rulesOf = (findings: readonly { readonly finding: promql.Finding }[]) =>
  findings.map(({ finding }) => finding.rule);

test('the example of the documentation prints what it says', () => {
  const source = readFileSync(join(ROOT, 'promql', 'index.ts'), 'utf8');
  const [, example = ''] = /```ts\n([\s\S]*?) \* ```/.exec(source) ?? [];
  const lines = example.split('\n').map((line) => line.replace(/^ \* ?/, ''));
  const [statement = '', ...code] = lines.filter((line) => !line.startsWith('// '));
  const names = /^import (\{.*\}) from '\.\/promql';$/.exec(statement)?.[1];
  const printed: string[] = [];
  const run = new Function('promql', 'console', `const ${names} = promql;\n${code.join('\n')}`);
  run(promql, { log: (text: string) => printed.push(text) });
  const expected = lines.filter((line) => line.startsWith('// ')).map((line) => line.slice(3));
  expect(expected.length).toBeGreaterThan(3);
  expect(printed.join('\n')).toBe(expected.join('\n'));
});

test('a dashboard', () => {
  const dashboard = { panels: [{ title: 'Orders', targets: [{ expr: 'shop_orders_total' }] }] };
  expect(promql.checkDashboard(dashboard, context)).toMatchObject([
    { where: 'Orders', path: 'panels[0].targets[0].expr', finding: { rule: 'counter-without-rate' } },
  ]);
});

test('rules, which may read what others record', () => {
  const rules: readonly promql.RuleText[] = [
    { record: 'shop:orders:rate5m', expr: 'sum(rate(shop_orders_total[5m]))' },
    { alert: 'NoOrders', for: '5m', expr: 'shop:orders:rate5m == 0', labels: { severity: 'warning' } },
  ];
  const problems = promql.checkRuleGroups([{ name: 'shop', rules }], { ...context, style: 'lenient' });
  expect(rulesOf(problems)).toEqual(['alert-summary', 'alert-runbook']);
});

test('files, with the switch of what they depend on', () => {
  const text = 'groups: [{name: a, rules: [{alert: A, for: 5m, expr: "rate(shop_orders_total[5m]) > 1"}]}]';
  const [file] = promql.lintFiles([{ file: 'a.yaml', text }], { ...context, thirdParty: true });
  const items = file !== undefined && 'items' in file ? file.items : [];
  expect(items).toMatchObject([{ name: 'A', verdict: 'depends' }]);
  expect(JSON.stringify(items)).toContain('depends on the shop, on by shop.enabled');
});

test('the emitter without which an expression has no data', () => {
  expect(promql.missingSource('rate(shop_orders_total[5m])', context.catalogue, new Set())).toBe(SHOP);
  expect(promql.missingSource('rate(shop_orders_total[5m])', context.catalogue, new Set([SHOP]))).toBeUndefined();
});

describe('what an emitter is known for is asked of the catalogue', () => {
  const gateway: promql.Emitter = { ...SHOP, title: 'the gateway', namePrefix: 'gw_', omitsTotal: 'suffixes are off' };
  const requests = { ...ORDERS, name: 'gw_requests_total', emitter: gateway };
  const catalogue = context.catalogue.with([requests]);
  const findings = (expr: string, thirdParty = false) =>
    promql.checkExpression(expr, { catalogue, scrapeInterval: 15, place: 'record', thirdParty });

  test('a prefix that people leave out', () =>
    expect(findings('rate(requests_total[5m])')).toMatchObject([
      { rule: 'unknown-metric', fix: 'did you mean gw_requests_total?' },
    ]));

  test('counters without _total, of emitters that may omit it only', () => {
    const [finding] = findings('rate(gw_requests[5m])', true);
    expect(finding).toMatchObject({ rule: 'suffix', level: 'depends' });
    expect(finding?.message).toContain('it is gw_requests_total, unless suffixes are off');
    expect(findings('rate(shop_orders[5m])', true)).toMatchObject([{ rule: 'unknown-metric' }]);
  });

  test('targets of several kinds, whose labels are not known of a third party', () => {
    const mixed = context.catalogue.with([
      { ...ORDERS, name: 'mixed_total', emitter: { ...SHOP, hasMixedTargets: true } },
    ]);
    const labels = (name: string) =>
      promql
        .checkExpression(`sum by (shelf) (rate(${name}[5m]))`, {
          ...context,
          catalogue: mixed,
          place: 'alert',
          thirdParty: true,
        })
        .map(({ rule }) => rule);
    expect(labels('mixed_total')).not.toContain('unknown-label');
    expect(labels('shop_orders_total')).toContain('unknown-label');
  });
});
