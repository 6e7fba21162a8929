/** Row of LLM serving: in which phase of a request vLLM spends the time. */
import { quantileOf } from '../../../metrics/spans';
import type { VllmNames } from '../../../metrics/vllm-names';
import { RATE } from '../parts/range';
import type { Lines, Row } from '../spec';
import { UNITS } from '../units';
import { CHOSEN_SERVED } from './llm-variables';
import { NO_VLLM_REQUESTS } from './llm-vllm';

const quantile = (share: number, histogram: string) =>
  quantileOf(share, `${histogram}_bucket`, { range: RATE, matchers: CHOSEN_SERVED, by: ['model_name'] });

type Spread = Pick<Lines, 'title' | 'description' | 'unit'>;

const spread = (histogram: string, panel: Spread): Lines => ({
  ...panel,
  kind: 'lines',
  noData: NO_VLLM_REQUESTS,
  queries: [
    { expr: quantile(0.5, histogram), legend: '{{model_name}} half' },
    { expr: quantile(0.95, histogram), legend: '{{model_name}} 95 %' },
    { expr: quantile(0.99, histogram), legend: '{{model_name}} 99 %' },
  ],
});

const phases = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: 95th percentile of each phase',
  description:
    'In the queue: from the arrival of a request to its place in a batch. Reading: its prompt, up to the first token. Writing: from the first token to the last',
  unit: UNITS.wholeSeconds,
  noData: NO_VLLM_REQUESTS,
  queries: [
    { expr: quantile(0.95, 'vllm:request_queue_time_seconds'), legend: '{{model_name}} in the queue' },
    { expr: quantile(0.95, 'vllm:request_prefill_time_seconds'), legend: '{{model_name}} reading' },
    { expr: quantile(0.95, 'vllm:request_decode_time_seconds'), legend: '{{model_name}} writing' },
  ],
});

const firstToken = () =>
  spread('vllm:time_to_first_token_seconds', {
    title: 'vLLM: time to first token',
    description: 'From the arrival of a request to its first token: queue and prompt',
    unit: UNITS.wholeSeconds,
  });

const betweenTokens = (names: VllmNames) =>
  spread(names.betweenTokens, {
    title: 'vLLM: time between tokens',
    description: 'From one token to the next: how fluently an answer is written',
    unit: UNITS.seconds,
  });

const whole = () =>
  spread('vllm:e2e_request_latency_seconds', {
    title: 'vLLM: whole request',
    description: 'From the arrival of a request to its last token',
    unit: UNITS.wholeSeconds,
  });

/** Where vLLM spends the time. */
export const vllmLatencyRow = (names: VllmNames): Row => ({
  title: 'Where does vLLM spend the time?',
  closed: true,
  panels: [phases(), firstToken(), betweenTokens(names), whole()],
});
