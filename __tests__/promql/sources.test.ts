import { EMITTERS } from '../../metrics/emitters';
import { marked } from '../../promql/marked';
import { RECORDING_RULES } from '../../promql/metric';
import { metricNames, missingSource, outputLabels, recorded } from '../../promql/sources';
import { SHOP } from './shop';

const ON = new Set([EMITTERS.llmApi]);

test.each([
  ['jan_shop_queue > 1', undefined],
  ['jan_shop_queue / on (job) container_shop_bytes', EMITTERS.cadvisor],
  ['up == 0', undefined],
  // Prometheus is always on, and one emitter of a name is enough.
  ['go_shop_threads > 1', undefined],
  ['rate(jan_shop_refunds_total[5m])', EMITTERS.llmApi],
  ['sum(nobody_knows)', undefined],
  ['sum(rate({__name__="container_shop_bytes"}[$__rate_interval]))', EMITTERS.cadvisor],
])('the source that %s misses', (expr, emitter) => expect(missingSource(expr, SHOP, ON)).toBe(emitter));

test('who has no switch is on', () => {
  expect(EMITTERS.prometheus.switchedOnBy).toBeNull();
  expect(missingSource('up + go_shop_threads', SHOP, new Set())).toBeUndefined();
});

test('names of metrics, each once, also in panels', () => {
  expect(metricNames('sum(rate(a_total[$__rate_interval])) / sum(b{c="$d"}) + a_total')).toEqual(['a_total', 'b']);
  expect(metricNames('sum(')).toEqual([]);
});

test.each([
  ['sum by (lane) (jan_shop_queue)', ['lane']],
  ['sum(jan_shop_queue)', []],
  ['absent(up{job="a", pod=~"b.*"})', ['job']],
  [
    'sum without (method, le) (rate(jan_shop_seconds_bucket[5m]))',
    ['instance', 'job', 'namespace', 'pod', 'route', 'service'],
  ],
  ['histogram_quantile(0.9, sum by (le, route) (rate(jan_shop_seconds_bucket[5m])))', ['route']],
  ['sum by (job) (up) * on (job) group_left (version) max by (job, version) (jan_shop_info)', ['job', 'version']],
  ['sum by (lane, job) (jan_shop_queue) / on (lane) sum by (lane) (jan_shop_queue_limit)', ['lane']],
  ['label_replace(sum(up), "shop", "a", "", "")', ['shop']],
  ['count_values("size", sum by (lane) (jan_shop_queue))', ['size']],
  ['topk by (lane) (3, sum by (lane, job) (jan_shop_queue))', ['job', 'lane']],
  ['vector(1) or sum by (lane) (jan_shop_queue)', ['lane']],
])('labels of %s', (expr, labels) => {
  const result = outputLabels(expr, SHOP);
  expect(result === 'unknown' ? result : [...result].sort()).toEqual(labels);
});

test('labels of what is not known are unknown', () => {
  for (const expr of ['nobody_knows', 'sum by ($group) (up)', 'ALERTS', 'sum(', '{job="a"}'])
    expect(outputLabels(expr, SHOP)).toBe('unknown');
});

test('what a recording rule writes', () => {
  expect(recorded('lane:queue:sum', 'sum by (lane) (jan_shop_queue)', SHOP, { shop: 'a' })).toMatchObject({
    name: 'lane:queue:sum',
    type: 'gauge',
    labels: { lane: 'fixed', shop: 'fixed' },
    emitter: RECORDING_RULES,
    emitted: 'always',
  });
  expect(recorded('a:wait:rate5m', 'sum(rate(jan_shop_wait[5m]))', SHOP).type).toBe('native histogram');
  expect(recorded('a:requests:rate5m', 'sum(rate(jan_shop_requests_total[5m]))', SHOP).emitted).toEqual({
    after: 'a request',
  });
  expect(() => recorded('a:b', 'sum by (x) (nobody_knows)', SHOP)).toThrow(/labels of the recording rule a:b/);
});

test('a marked expression has its carets below the line of the spot', () =>
  expect(marked('sum(\n  shop\n)', { rule: 'r', level: 'error', from: 7, to: 11, message: 'm.', fix: 'f' })).toBe(
    ['sum(', '  shop', '  ^^^^', ')', 'r: m.', 'fix: f'].join('\n'),
  ));
