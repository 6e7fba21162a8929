/**
 * Upper bounds of histograms, in seconds. The share of fast requests can only be computed for one of them, and a quantile never exceeds the
 * last one: a threshold above it would never be reached.
 */
import { OPERATION_BUCKETS, OPERATION_DURATION } from './gen-ai';
import { SPAN_BUCKETS } from './span-metrics';
import { SPAN_DURATION } from './spans';

/** vLLM's bounds of the duration of a request (vllm/v1/metrics/loggers.py). */
const VLLM_REQUEST = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];
/** vLLM's bounds of the time between tokens. */
const VLLM_TOKEN = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];
/** mcp-tools' bounds for tools and for their providers. */
const MCP = [0.1, 0.5, 1, 2, 5, 10, 30];

/** `5ms`, `2.5s` as seconds. */
const inSeconds = (duration: string): number =>
  duration.endsWith('ms') ? Number(duration.slice(0, -2)) / 1000 : Number(duration.slice(0, -1));

/** Bounds by the name of the histogram. */
export const HISTOGRAM_BOUNDS: Readonly<Record<string, readonly number[]>> = {
  [SPAN_DURATION]: SPAN_BUCKETS.map(inSeconds),
  [OPERATION_DURATION]: OPERATION_BUCKETS,
  // Jan Server's services/llm-api and services/mcp-tools, internal/infrastructure/metrics/metrics.go.
  jan_llm_api_request_duration_seconds: [0.1, 0.5, 1, 2, 5, 10, 30, 60],
  jan_llm_api_llm_duration_seconds: [0.5, 1, 2, 5, 10, 30, 60, 120],
  jan_mcp_tool_duration_seconds: MCP,
  jan_mcp_external_provider_latency_seconds: MCP,
  'vllm:time_to_first_token_seconds': [
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560,
  ],
  'vllm:inter_token_latency_seconds': VLLM_TOKEN,
  'vllm:time_per_output_token_seconds': VLLM_TOKEN,
  'vllm:request_queue_time_seconds': VLLM_REQUEST,
  'vllm:e2e_request_latency_seconds': VLLM_REQUEST,
};
