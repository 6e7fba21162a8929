/** Row of LLM serving: vLLM's latency by phase. */
import { quantileOf } from '../../../metrics/spans';
import type { VllmNames } from '../../../metrics/vllm-names';
import { RATE } from '../parts/range';
import type { Lines, Row } from '../spec';
import { NO_VLLM_REQUESTS } from './llm-vllm';

const BY_MODEL = { range: RATE, by: ['model_name'] };

const quantiles = (title: string, histogram: string, description: string): Lines => {
  const of = (share: number) => quantileOf(share, `${histogram}_bucket`, BY_MODEL);
  return {
    kind: 'lines',
    title,
    description,
    unit: 's',
    noData: NO_VLLM_REQUESTS,
    queries: [
      { expr: of(0.5), legend: '{{model_name}} half' },
      { expr: of(0.95), legend: '{{model_name}} 95 %' },
      { expr: of(0.99), legend: '{{model_name}} 99 %' },
    ],
  };
};

const firstToken = () =>
  quantiles(
    'vLLM: time to first token',
    'vllm:time_to_first_token_seconds',
    'From the arrival of a request to its first token: queue and prompt',
  );

const betweenTokens = (names: VllmNames) =>
  quantiles(
    'vLLM: time between tokens',
    names.betweenTokens,
    'From one token to the next: how fluently an answer is written',
  );

const whole = () =>
  quantiles(
    'vLLM: whole request',
    'vllm:e2e_request_latency_seconds',
    'From the arrival of a request to its last token',
  );

const queued = () =>
  quantiles(
    'vLLM: time in the queue',
    'vllm:request_queue_time_seconds',
    'From the arrival of a request to its place in a batch',
  );

/** vLLM's latency. */
export const vllmLatencyRow = (names: VllmNames): Row => ({
  title: 'vLLM: latency',
  panels: [firstToken(), betweenTokens(names), whole(), queued()],
});
