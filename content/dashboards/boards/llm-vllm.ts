/** Row of LLM serving: how busy vLLM is, where it is scraped. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import { ratio, selector, sumBy } from '../../../metrics/spans';
import type { VllmNames } from '../../../metrics/vllm-names';
import { clicked } from '../parts/links';
import { RATE } from '../parts/range';
import type { Lines, Row } from '../spec';
import { UNITS } from '../units';
import { CHOSEN_SERVED } from './llm-variables';

const NO_VLLM = 'No metrics: is vLLM up, and do vllm.podLabels and vllm.port lead to it? Its target shows the error';
/** What to check where a panel about requests is empty. */
export const NO_VLLM_REQUESTS = 'No requests: has vLLM had any since its start?';

const MODEL = ['model_name'];
const served = (metric: string) => selector(metric, CHOSEN_SERVED);
const rate = (counter: string, by: readonly string[] = MODEL) => sumBy(by, `rate(${served(counter)}[${RATE}])`);

const requests = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: requests running and waiting',
  description: 'Running ones share the GPU in one batch; waiting ones have no place in it yet',
  unit: UNITS.count,
  noData: NO_VLLM,
  queries: [
    { expr: sumBy(MODEL, served('vllm:num_requests_running')), legend: '{{model_name}} running' },
    { expr: sumBy(MODEL, served('vllm:num_requests_waiting')), legend: '{{model_name}} waiting' },
  ],
});

const cache = ({ cacheUsage }: VllmNames): Lines => ({
  kind: 'lines',
  title: 'vLLM: KV cache in use by pod',
  description:
    'Share of the memory for keys and values that is taken, of each engine. When it is full, requests wait or are preempted',
  unit: UNITS.share,
  noData: NO_VLLM,
  max: 1,
  limits: { warning: 0.8, critical: 0.9 },
  queries: [{ expr: `max by (namespace, pod, engine) (${served(cacheUsage)})`, legend: '{{pod}} engine {{engine}}' }],
  links: [
    {
      title: 'Pods of this namespace',
      dashboard: DASHBOARD_UIDS.workloads,
      variables: { namespace: clicked('namespace') },
    },
  ],
});

const preemptions = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: preemptions',
  description:
    'Requests a second that lost their place in the batch because the KV cache was full, and are computed again',
  unit: UNITS.requestsPerSecond,
  noData: NO_VLLM,
  queries: [{ expr: rate('vllm:num_preemptions_total'), legend: '{{model_name}}' }],
});

const prefixHits = ({ cacheHits, cacheQueries }: VllmNames): Lines => ({
  kind: 'lines',
  title: 'vLLM: prefix cache hits',
  description: 'Share of prompt tokens that were found in the cache of prefixes, and need no computing',
  unit: UNITS.share,
  noData: NO_VLLM_REQUESTS,
  max: 1,
  queries: [{ expr: ratio(rate(cacheHits), rate(cacheQueries)), legend: '{{model_name}}' }],
});

const tokens = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: tokens a second',
  description: 'Prompt tokens that were read (above the axis), and tokens that were written (below it)',
  unit: UNITS.tokensPerSecond,
  noData: NO_VLLM,
  queries: [
    { expr: rate('vllm:prompt_tokens_total'), legend: '{{model_name}} prompt' },
    { expr: rate('vllm:generation_tokens_total'), legend: '{{model_name}} generation', below: true },
  ],
});

const finished = (): Lines => ({
  kind: 'lines',
  title: 'vLLM: finished requests by reason',
  description: 'stop: the model was done; length: the limit of tokens was reached; abort: the client went away',
  unit: UNITS.requestsPerSecond,
  noData: NO_VLLM_REQUESTS,
  stacked: true,
  queries: [
    {
      expr: rate('vllm:request_success_total', ['model_name', 'finished_reason']),
      legend: '{{model_name}} {{finished_reason}}',
    },
  ],
});

/** How busy vLLM is. */
export const vllmBusyRow = (names: VllmNames): Row => ({
  title: 'Is vLLM busy?',
  closed: true,
  panels: [requests(), cache(names), preemptions(), tokens(), prefixHits(names), finished()],
});
