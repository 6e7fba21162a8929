/** Row of LLM serving: how busy vLLM is, where it is scraped. */
import { ratio } from '../../../metrics/spans';
import type { VllmNames } from '../../../metrics/vllm-names';
import { RATE } from '../parts/range';
import type { Lines, Row, Values } from '../spec';

const NO_VLLM = 'No metrics: is vLLM up, and do vllm.podLabels and vllm.port lead to it? Its target shows the error';
/** What to check where a panel about requests is empty. */
export const NO_VLLM_REQUESTS = 'No requests: has vLLM had any since its start?';

const rate = (counter: string) => `sum by (model_name) (rate(${counter}[${RATE}]))`;
const requests = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: requests running and waiting',
  description: 'Running ones share the GPU in one batch; waiting ones have no place in it yet',
  unit: 'short',
  noData: NO_VLLM,
  queries: [
    { expr: 'sum by (model_name) (vllm:num_requests_running)', legend: '{{model_name}} running' },
    { expr: 'sum by (model_name) (vllm:num_requests_waiting)', legend: '{{model_name}} waiting' },
  ],
});

const cache = ({ cacheUsage }: VllmNames): Values => ({
  kind: 'bars',
  title: 'vLLM: KV cache in use',
  description:
    'Share of the memory for keys and values that is taken, of the fullest engine. When it is full, requests wait or are preempted',
  unit: 'percentunit',
  noData: NO_VLLM,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: `max by (model_name) (${cacheUsage})`, legend: '{{model_name}}' }],
});

const cacheOverTime = ({ cacheUsage }: VllmNames): Lines => ({
  kind: 'lines',
  title: 'vLLM: KV cache by pod',
  description: 'Share of the memory for keys and values that is taken, of each engine',
  unit: 'percentunit',
  noData: NO_VLLM,
  max: 1,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: `max by (pod, engine) (${cacheUsage})`, legend: '{{pod}} engine {{engine}}' }],
});

const preemptions = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: preemptions',
  description:
    'Requests a second that lost their place in the batch because the KV cache was full, and are computed again',
  unit: 'ops',
  noData: NO_VLLM,
  queries: [{ expr: rate('vllm:num_preemptions_total'), legend: '{{model_name}}' }],
});

const prefixHits = ({ cacheHits, cacheQueries }: VllmNames): Lines => ({
  kind: 'lines',
  title: 'vLLM: prefix cache hits',
  description: 'Share of prompt tokens that were found in the cache of prefixes, and need no computing',
  unit: 'percentunit',
  noData: NO_VLLM_REQUESTS,
  max: 1,
  queries: [
    {
      expr: ratio(rate(cacheHits), rate(cacheQueries)),
      legend: '{{model_name}}',
    },
  ],
});

const tokens = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: tokens a second',
  description: 'Prompt tokens that were read, and tokens that were written',
  unit: 'short',
  noData: NO_VLLM,
  queries: [
    { expr: rate('vllm:prompt_tokens_total'), legend: '{{model_name}} prompt' },
    { expr: rate('vllm:generation_tokens_total'), legend: '{{model_name}} generation' },
  ],
});

const finished = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: finished requests by reason',
  description: 'stop: the model was done; length: the limit of tokens was reached; abort: the client went away',
  unit: 'reqps',
  noData: NO_VLLM_REQUESTS,
  stacked: true,
  queries: [
    {
      expr: `sum by (model_name, finished_reason) (rate(vllm:request_success_total[${RATE}]))`,
      legend: '{{model_name}} {{finished_reason}}',
    },
  ],
});

/** How busy vLLM is. */
export const vllmQueueRow = (names: VllmNames): Row => ({
  title: 'vLLM: queue and cache',
  panels: [requests(), cacheOverTime(names), preemptions(), prefixHits(names), cache(names), tokens(), finished()],
});
