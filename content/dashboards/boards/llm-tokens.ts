/** Panels of LLM serving: tokens, as the providers count them. */
import { BY_MODEL, TOKEN_USAGE, tokenRate } from '../../../metrics/gen-ai';
import { quantileOf } from '../../../metrics/spans';
import { NO_LLM_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Lines, Query, Values } from '../spec';
import { UNITS } from '../units';
import { CHOSEN, PROVIDER_AND_MODEL, toModel } from './llm-calls';

const now = (type: 'input' | 'output', title: string, what: string): Values => ({
  kind: 'stat',
  title,
  description: `Tokens a second of ${what} of the chosen models, as the providers count them`,
  unit: UNITS.tokensPerSecond,
  limits: null,
  noData: NO_LLM_SPANS,
  queries: [{ expr: tokenRate({ ...CHOSEN, by: [] }, type), legend: type }],
});

export const inputNow = (): Values => now('input', 'Input tokens', 'prompts');
export const outputNow = (): Values => now('output', 'Output tokens', 'answers');

/** Input above the axis, output below it. @param of the start of the legend */
function mirrored(by: readonly string[], of: string, matchers: string | undefined): [Query, Query] {
  const query = { range: RATE, by, ...(matchers !== undefined && { matchers }) };
  return [
    { expr: tokenRate(query, 'input'), legend: `${of}input` },
    { expr: tokenRate(query, 'output'), legend: `${of}output`, below: true },
  ];
}

/** @param matchers more label matchers, without braces. @default - all calls */
export const tokensByType = (matchers?: string): Lines => ({
  kind: 'lines',
  title: 'Tokens a second',
  description:
    'Tokens of prompts (input, above the axis) and of answers (output, below it), as the providers count them',
  unit: UNITS.tokensPerSecond,
  noData: NO_LLM_SPANS,
  queries: mirrored([], '', matchers),
});

/** @param matchers more label matchers, without braces. @default - all calls */
export const tokensByModel = (matchers?: string): Lines => ({
  kind: 'lines',
  title: 'Tokens a second by model',
  description:
    'Tokens of prompts (input, above the axis) and of answers (output, below it) of each model, as the providers count them',
  unit: UNITS.tokensPerSecond,
  noData: NO_LLM_SPANS,
  stacked: true,
  queries: mirrored(BY_MODEL, `${PROVIDER_AND_MODEL} `, matchers),
  links: [toModel],
});

const perCall = (type: 'input' | 'output'): Query => ({
  expr: quantileOf(0.95, `${TOKEN_USAGE}_bucket`, {
    range: RATE,
    matchers: `${CHOSEN.matchers},gen_ai_token_type="${type}"`,
    by: [],
  }),
  legend: type,
});

export const tokensPerCall = (): Lines => ({
  kind: 'lines',
  title: 'Tokens of a call',
  description:
    '95th percentile of the tokens of one prompt (input) and one answer (output). Prompts that grow cost time and money',
  unit: UNITS.tokens,
  noData: NO_LLM_SPANS,
  queries: [perCall('input'), perCall('output')],
});
