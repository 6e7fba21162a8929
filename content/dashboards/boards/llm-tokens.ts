/** Panels of LLM serving: tokens. */
import { secondsPerToken, TOKEN_USAGE, tokenRate } from '../../../metrics/gen-ai';
import { quantileOf } from '../../../metrics/spans';
import { NO_LLM_SPANS } from '../parts/no-data';
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
    'Completion tokens for each second that answers of the model took, the wait for the first token included: what a user feels. Calls that failed or were stopped are left out',
  unit: 'short',
  noData: NO_LLM_SPANS,
  queries: [
    {
      expr: `1 / (${secondsPerToken(CHOSEN)})`,
      legend: PROVIDER_AND_MODEL,
    },
  ],
});
