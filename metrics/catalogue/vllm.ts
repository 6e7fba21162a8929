/**
 * vLLM's /metrics, by version (https://docs.vllm.ai/en/stable/usage/metrics/ and vllm/v1/metrics/loggers.py of the tags). A renamed metric
 * is hidden in the next minor version, and removed in the one after that.
 */

import type { Metric } from '../../promql/metric';
import { entriesOf } from '../entries';

const { counter, gauge, histogram, info } = entriesOf('vllm');

const MODEL = { model_name: 'bounded', engine: 'bounded' } as const;

/** Requests in the engine, and its cache. */
export const VLLM_ENGINE: readonly Metric[] = [
  gauge('vllm:num_requests_running', 'requests', MODEL),
  gauge('vllm:num_requests_waiting', 'requests', MODEL),
  gauge('vllm:kv_cache_usage_perc', 'ratio', MODEL, { since: '0.10.0' }),
  gauge('vllm:gpu_cache_usage_perc', 'ratio', MODEL, { until: '0.12.0' }),
  counter('vllm:prefix_cache_queries_total', 'tokens', MODEL, { since: '0.10.0' }),
  counter('vllm:prefix_cache_hits_total', 'tokens', MODEL, { since: '0.10.0' }),
  counter('vllm:gpu_prefix_cache_queries_total', 'tokens', MODEL, { until: '0.12.0' }),
  counter('vllm:gpu_prefix_cache_hits_total', 'tokens', MODEL, { until: '0.12.0' }),
  counter('vllm:num_preemptions_total', 'requests', MODEL),
  counter('vllm:prompt_tokens_total', 'tokens', MODEL),
  counter('vllm:generation_tokens_total', 'tokens', MODEL),
  counter('vllm:request_success_total', 'requests', { ...MODEL, finished_reason: 'fixed' }),
  histogram('vllm:iteration_tokens_total', 'tokens', MODEL),
  info('vllm:cache_config_info', {
    engine: 'bounded',
    block_size: 'bounded',
    cache_dtype: 'fixed',
    num_gpu_blocks: 'bounded',
  }),
];

/** Requests: duration by phase, and size. */
export const VLLM_REQUESTS: readonly Metric[] = [
  histogram('vllm:time_to_first_token_seconds', 'seconds', MODEL),
  histogram('vllm:inter_token_latency_seconds', 'seconds', MODEL, { since: '0.11.0' }),
  histogram('vllm:time_per_output_token_seconds', 'seconds', MODEL, { until: '0.13.0' }),
  histogram('vllm:request_time_per_output_token_seconds', 'seconds', MODEL, { since: '0.11.0' }),
  histogram('vllm:e2e_request_latency_seconds', 'seconds', MODEL),
  histogram('vllm:request_queue_time_seconds', 'seconds', MODEL),
  histogram('vllm:request_inference_time_seconds', 'seconds', MODEL),
  histogram('vllm:request_prefill_time_seconds', 'seconds', MODEL),
  histogram('vllm:request_decode_time_seconds', 'seconds', MODEL),
  histogram('vllm:request_prompt_tokens', 'tokens', MODEL),
  histogram('vllm:request_generation_tokens', 'tokens', MODEL),
  histogram('vllm:request_max_num_generation_tokens', 'tokens', MODEL),
  histogram('vllm:request_params_n', 'answers', MODEL),
  histogram('vllm:request_params_max_tokens', 'tokens', MODEL),
];
