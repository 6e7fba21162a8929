/** The helpers that rules and panels are written with. */

import { rangeOf } from '../../content/alerts/range';
import { badRatio, errorRatio } from '../../metrics/spans';
import { vllmNames } from '../../metrics/vllm-names';
import { metricSelector } from '../../promql/metric-selector';
import { environment } from '../content/objectives/cases';

test('a ratio is 0 where the part was never counted, and missing where the whole is', () => {
  expect(errorRatio({ range: '5m', by: [] })).toMatch(/^\(.* or 0 \* sum\(.*\)\) \/ \(sum\(.*\) > 0\)$/);
  expect(badRatio({ matchers: 'service_name="a"', range: '5m' })).toContain(
    'jan_completion_fallbacks_total{service_name="a"}',
  );
});

test('a range spans four scrapes', () => {
  expect(rangeOf(environment({ prometheus: { scrapeInterval: '15s' } }))).toBe('5m');
  expect(rangeOf(environment({ prometheus: { scrapeInterval: '2m' } }))).toBe('8m');
  expect(rangeOf(environment({ janServer: { scrapeInterval: '100s' } }))).toBe('7m');
});

test('a selector is told from every other expression', () => {
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

test.each([
  ['0.8.5', 'vllm:gpu_cache_usage_perc', 'vllm:time_per_output_token_seconds'],
  ['0.10.2', 'vllm:kv_cache_usage_perc', 'vllm:time_per_output_token_seconds'],
  ['0.11', 'vllm:kv_cache_usage_perc', 'vllm:inter_token_latency_seconds'],
  ['1.0.0', 'vllm:kv_cache_usage_perc', 'vllm:inter_token_latency_seconds'],
])('vLLM %s has its own names', (version, cacheUsage, interToken) => {
  const names = vllmNames(version);
  expect({ cacheUsage: names.cacheUsage, interToken: names.betweenTokens }).toEqual({ cacheUsage, interToken });
});
