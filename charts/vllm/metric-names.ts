/** Metrics of vLLM that were renamed: what is hidden in one minor version is gone in the next. */

/** Names that differ between versions. */
export interface VllmNames {
  /** Gauge: how full the KV cache is, 0 to 1. */
  readonly cacheUsage: string;
  /** Histogram of the time between two tokens of an answer, in seconds. */
  readonly interToken: string;
}

/**
 * The names in a version of vLLM, from its vllm/v1/metrics/loggers.py: the new name of the cache came in 0.9.2, the old one was
 * hidden in 0.11; that of the time between tokens came in 0.11, the old one was hidden in 0.12.
 * @param version as `0.11.2`
 */
export function vllmNames(version: string): VllmNames {
  return {
    cacheUsage: isAtLeast(version, [0, 10]) ? 'vllm:kv_cache_usage_perc' : 'vllm:gpu_cache_usage_perc',
    interToken: isAtLeast(version, [0, 11]) ? 'vllm:inter_token_latency_seconds' : 'vllm:time_per_output_token_seconds',
  };
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
