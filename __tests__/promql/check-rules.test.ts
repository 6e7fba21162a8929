import { checkRuleGroups } from '../../promql/rules/check';
import { withRecords } from '../../promql/rules/record';
import type { RulesContext, RuleText } from '../../promql/rules/rule-text';
import { at, SHOP } from './shop';

const { place: _, ...CONTEXT } = at('alert');
const problems = (rules: readonly RuleText[], more: Partial<RulesContext> = {}) =>
  checkRuleGroups([{ name: 'shop', rules }], { ...CONTEXT, style: 'strict', ...more });
const found = (rules: readonly RuleText[], more?: Partial<RulesContext>) =>
  problems(rules, more).map(({ name, field, finding }) => `${name} ${field}: ${finding.rule}`);

const ALERT: RuleText = {
  alert: 'ShopQueueLong',
  expr: 'sum by (lane) (jan_shop_queue) > 5',
  for: '5m',
  labels: { severity: 'warning', owner: 'services' },
  annotations: {
    summary: 'The queue of {{ $labels.lane }} is {{ $value }} long',
    runbook_url: 'https://example.com/queue',
  },
};
const alert = (changes: Partial<RuleText>): RuleText => ({ ...ALERT, ...changes });
const annotated = (summary: string, expr = ALERT.expr): RuleText =>
  alert({ expr, annotations: { ...ALERT.annotations, summary } });

test('an alert with all that it needs is sound', () => expect(found([ALERT])).toEqual([]));

test.each([
  ['for', alert({ for: undefined }), 'for: alert-for'],
  ['severity', alert({ labels: { owner: 'services' } }), 'labels.severity: alert-severity'],
  [
    'a severity that is known',
    alert({ labels: { owner: 'services', severity: 'page' } }),
    'labels.severity: alert-severity',
  ],
  ['owner', alert({ labels: { severity: 'info' } }), 'labels.owner: alert-owner'],
  ['summary', alert({ annotations: { runbook_url: 'https://example.com' } }), 'annotations.summary: alert-summary'],
  ['runbook', alert({ annotations: { summary: 'Long' } }), 'annotations.runbook_url: alert-runbook'],
])('%s is needed', (_what, rule, problem) => expect(found([rule])).toEqual([`ShopQueueLong ${problem}`]));

test("others' style: the same are warnings, runbook is a runbook_url, and nobody has our owners", () => {
  const rule = alert({ for: undefined, labels: {}, annotations: { runbook: 'docs/queue.md' } });
  const all = problems([rule], { style: 'lenient' });
  expect(all.map(({ finding }) => [finding.rule, finding.level])).toEqual([
    ['alert-for', 'warning'],
    ['alert-severity', 'warning'],
    ['alert-summary', 'warning'],
  ]);
});

describe('templates', () => {
  test.each([
    [
      'a label that the expression leaves out',
      annotated('{{ $labels.instance }} is slow'),
      'template-label',
      '$labels.instance',
    ],
    ['a label that the rule adds', annotated('{{ $labels.severity }}'), 'template-label', '$labels.severity'],
    ['a label by index', annotated('{{ index $labels "model" }}'), 'template-label', 'index $labels "model"'],
    [
      'absent() has the labels of its selector',
      annotated('{{ $labels.instance }}', 'absent(up{job="shop"})'),
      'template-label',
      '$labels.instance',
    ],
    [
      'a value in a label',
      alert({ labels: { ...ALERT.labels, size: '{{ $value }}' } }),
      'template-value-in-label',
      '$value',
    ],
    [
      'the digits of a rate',
      annotated('{{ $value }}', 'rate(jan_shop_requests_total[5m]) > 1'),
      'template-raw-value',
      '$value',
    ],
    ['braces that stay open', annotated('{{ $value'), 'template-syntax', '{{ $value'],
    [
      'a query',
      annotated('{{ with query "sum(shop_queue)" }}{{ . | first | value }}{{ end }}'),
      'unknown-metric',
      '"sum(shop_queue)"',
    ],
  ])('%s', (_what, rule, name, spot) => {
    const [problem, ...others] = problems([rule]);
    expect(others).toEqual([]);
    expect([problem?.finding.rule, problem?.text.slice(problem.finding.from, problem.finding.to)]).toEqual([
      name,
      spot,
    ]);
  });

  test.each([
    annotated('{{ $labels.job }}', 'absent(up{job="shop"})'),
    annotated('{{ $value | humanize }}', 'rate(jan_shop_requests_total[5m]) > 1'),
    annotated('{{ $labels.anything }}', 'ALERTS{alertstate="firing"}'),
    annotated('{{ with query "sum(jan_shop_queue)" }}{{ . | first | value }}{{ end }}'),
  ])('sound: %p', (rule) => expect(found([rule])).toEqual([]));
});

test('absence is asked for only after the first scrapes', () => {
  const rule = alert({
    expr: 'absent(up{job="shop"})',
    for: '15s',
    annotations: { ...ALERT.annotations, summary: 'Gone' },
  });
  expect(found([rule])).toEqual(['ShopQueueLong for: absent-without-for']);
  expect(found([{ ...rule, for: '30s' }])).toEqual([]);
});

describe('recording rules', () => {
  const record = (name: string, expr: string, labels?: RuleText['labels']): RuleText => ({
    record: name,
    expr,
    labels,
  });
  const read: Partial<RulesContext> = { panels: ['lane:queue:sum'] };

  test('what others read is checked like any metric', () => {
    const rules = [
      alert({ expr: 'lane:queue:sum{pod="a"} > 5' }),
      record('lane:queue:sum', 'sum by (lane) (jan_shop_queue)'),
    ];
    expect(found(rules)).toEqual(['ShopQueueLong expr: unknown-label']);
  });

  test('a rule may read what a later one records, however long the chain', () => {
    const chain = ['c', 'b', 'a'].map((name, index, all) =>
      record(
        `lane:${name}:sum`,
        all[index + 1] === undefined ? 'sum by (lane) (jan_shop_queue)' : `lane:${all[index + 1]}:sum`,
      ),
    );
    const { catalogue, accepted } = withRecords([{ name: 'shop', rules: chain }], CONTEXT);
    expect(accepted).toEqual([]);
    expect(catalogue.series('lane:c:sum')[0]?.metric.labels).toEqual({ lane: 'fixed' });
  });

  test('what is recorded from nothing is nothing, also for what is recorded from that', () => {
    const rules = [record('a:b:sum', 'sum(shop_queue)'), record('a:c:sum', 'a:b:sum * 2')];
    const { catalogue } = withRecords([{ name: 'shop', rules }], { ...CONTEXT, catalogue: SHOP });
    expect(['a:b:sum', 'a:c:sum'].map((name) => catalogue.series(name)[0]?.metric.recorded)).toEqual([false, false]);
  });

  test.each([
    ['nobody reads', [record('lane:wait:sum', 'sum(jan_shop_queue)')], 'lane:wait:sum record: unused-record'],
    [
      'has the name of a metric',
      [record('jan_shop_queue', 'sum by (lane) (jan_shop_queue_limit)')],
      'jan_shop_queue record: record-shadows-metric',
    ],
    ['has no colon', [record('queue', 'sum(jan_shop_queue)')], 'queue record: record-name'],
    [
      'writes the same twice',
      [record('lane:queue:sum', 'sum(jan_shop_queue)'), record('lane:queue:sum', 'max(jan_shop_queue)')],
      'lane:queue:sum record: duplicate-rule',
    ],
  ])('a rule that %s', (_what, rules, problem) => expect(found(rules, read)).toContain(problem));

  test('one name with other labels is no double', () =>
    expect(
      found(
        [
          record('lane:queue:sum', 'sum(jan_shop_queue)', { shop: 'a' }),
          record('lane:queue:sum', 'sum(jan_shop_queue)', { shop: 'b' }),
        ],
        read,
      ),
    ).toEqual([]));
});

test('the same alert twice', () => expect(found([ALERT, ALERT])).toEqual(['ShopQueueLong alert: duplicate-rule']));
