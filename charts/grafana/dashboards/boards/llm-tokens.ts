/** Panels of LLM serving: tokens. */
import { BY_MODEL, OPERATION_DURATION, TOKEN_USAGE, tokenRate } from '../../../../contract/gen-ai';
import { quantileOf, selector, sumBy } from '../../../../contract/spans';
import { JAN_NOT_SCRAPED, NO_LLM_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Values } from '../spec';
import { CHOSEN, PROVIDER_AND_MODEL } from './llm-calls';

const now = (type: 'input' | 'output', what: string): Values => ({
  kind: 'stat',
  title: `${what} tokens a second`,
  description: `Tokens of ${type === 'input' ? 'prompts' : 'completions'} of the chosen models, as the providers count them`,
  unit: 'short',
  noData: NO_LLM_SPANS,
  queries: [{ expr: tokenRate({ ...CHOSEN, by: [] }, type), legend: type }],
});

export const inputNow = (): Values => now('input', 'Prompt');
export const outputNow = (): Values => now('output', 'Completion');

export const tokensByType = (): Lines => ({
  kind: 'lines',
  title: 'Tokens a second',
  description: 'Tokens of prompts (input) and completions (output) of all models, as the providers count them',
  unit: 'short',
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [{ expr: tokenRate({ range: RATE, by: ['gen_ai_token_type'] }), legend: '{{gen_ai_token_type}}' }],
});

export const tokensByModel = (): Lines => ({
  kind: 'lines',
  title: 'Completion tokens a second by model',
  description: 'Tokens that each model has written',
  unit: 'short',
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: [{ expr: tokenRate({ range: RATE }, 'output'), legend: PROVIDER_AND_MODEL }],
});

export const tokensPerCall = (): Lines => ({
  kind: 'lines',
  title: 'Tokens of a call',
  description:
    '95th percentile of the tokens of one prompt (input) and one completion (output). Prompts that grow cost time and money',
  unit: 'short',
  noData: NO_LLM_SPANS,
  queries: [
    {
      expr: quantileOf(0.95, `${TOKEN_USAGE}_bucket`, { ...CHOSEN, by: ['gen_ai_token_type'] }),
      legend: '{{gen_ai_token_type}}',
    },
  ],
});

export const tokensPerSecondOfCall = (): Lines => ({
  kind: 'lines',
  title: 'Writing speed by model',
  description:
    'Completion tokens for each second that calls to the model lasted, the wait for the first token included: what a user feels',
  unit: 'short',
  noData: NO_LLM_SPANS,
  queries: [
    {
      expr: `${tokenRate(CHOSEN, 'output')} / ${sumBy(BY_MODEL, `rate(${selector(`${OPERATION_DURATION}_sum`, CHOSEN.matchers)}[${RATE}])`)}`,
      legend: PROVIDER_AND_MODEL,
    },
  ],
});

export const tokensReported = (): Lines => ({
  kind: 'lines',
  title: 'Tokens a second as llm-api counts them',
  description:
    "From llm-api's own counters, which are there without spans. Streams whose provider reports no usage are missing",
  unit: 'short',
  noData: JAN_NOT_SCRAPED,
  queries: [
    { expr: `sum by (model) (rate(jan_llm_api_tokens_prompt_total[${RATE}]))`, legend: '{{model}} prompt' },
    { expr: `sum by (model) (rate(jan_llm_api_tokens_completion_total[${RATE}]))`, legend: '{{model}} completion' },
  ],
});
