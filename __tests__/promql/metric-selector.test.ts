import { metricSelector } from '../../promql/metric-selector';

test('a bare selector is recognised, and no other expression', () => {
  expect(metricSelector(`a:b_total{x="1",y!~'2|"3"'} `)).toEqual({
    metric: 'a:b_total',
    matchers: [
      { label: 'x', op: '=', value: '1' },
      { label: 'y', op: '!~', value: '2|"3"' },
    ],
  });
  for (const other of ['', '{x="1"}', 'a[5m]', 'a offset 5m', 'rate(a[5m])', 'a + b', '(a)', 'a{', 'a{x=}', '1'])
    expect(metricSelector(other)).toBeUndefined();
});
