import type { Metric } from '../promql/metric';
import { METRICS } from './catalogue/index';
import { isIn } from './versions';

/** The names of vLLM's renamed metrics in a version. Histograms are without `_bucket`. */
export interface VllmNames {
  readonly cacheUsage: string;
  readonly cacheHits: string;
  readonly cacheQueries: string;
  readonly betweenTokens: string;
}

/** The names in a version, as `0.11.2`; without one, in the newest. */
export function vllmNames(version: string | undefined): VllmNames {
  const named = (newest: string, before: string) => {
    const isThere = ({ name, ...versions }: Metric) =>
      name === newest && (version === undefined || isIn(versions, version));
    return METRICS.some(isThere) ? newest : before;
  };
  return {
    cacheUsage: named('vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'),
    cacheHits: named('vllm:prefix_cache_hits_total', 'vllm:gpu_prefix_cache_hits_total'),
    cacheQueries: named('vllm:prefix_cache_queries_total', 'vllm:gpu_prefix_cache_queries_total'),
    betweenTokens: named('vllm:inter_token_latency_seconds', 'vllm:time_per_output_token_seconds'),
  };
}
