/** Queries over metrics whose names or parts depend on something: ratios of spans, and vLLM's versions. */
import { badRatio, errorRatio } from '../../metrics/spans';
import { vllmNames } from '../../metrics/vllm-names';

test('a ratio is 0 where the part was never counted, and missing where the whole is', () => {
  expect(errorRatio({ range: '5m', by: [] })).toMatch(/^\(.* or 0 \* sum\(.*\)\) \/ \(sum\(.*\) > 0\)$/);
  expect(badRatio({ matchers: 'service_name="a"', range: '5m' })).toContain(
    'jan_completion_fallbacks_total{service_name="a"}',
  );
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
