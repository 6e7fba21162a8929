/** Panels of LLM serving: how long calls to models take. */
import { BY_MODEL, FIRST_CHUNK, OPERATION_DURATION, operationQuantile, secondsPerToken } from '../../../metrics/gen-ai';
import { quantileOf, selector, sumBy } from '../../../metrics/spans';
import { NO_LLM_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Heatmap, Limits, Lines, Row, Values } from '../spec';
import { UNITS } from '../units';
import { CHOSEN, modelLinks, PROVIDER_AND_MODEL, toModel } from './llm-calls';
import { CHOSEN_SERVED } from './llm-variables';

/** Seconds to the first token. Critical is the threshold of VllmTimeToFirstTokenHigh. */
const FIRST_TOKEN: Limits = { warning: 1, critical: 3 };
const FIRST_CHUNK_BUCKET = `${FIRST_CHUNK}_bucket`;

export const p95Now = (): Values => ({
  kind: 'stat',
  title: '95th percentile',
  description:
    'Nineteen of twenty calls to the chosen models take no longer than this, to the last token: a long answer takes long. See Writing speed by model',
  unit: UNITS.wholeSeconds,
  limits: null,
  noData: NO_LLM_SPANS,
  queries: [{ expr: operationQuantile(0.95, { ...CHOSEN, by: [] }), legend: '95th percentile' }],
});

const firstToken = (description: string, noData: string, expr: string): Values => ({
  kind: 'stat',
  title: 'First token',
  description,
  unit: UNITS.wholeSeconds,
  limits: FIRST_TOKEN,
  noData,
  queries: [{ expr, legend: 'first token' }],
});

/** The wait for an answer to begin, where vLLM writes it. */
export const firstTokenOfVllm = (): Values =>
  firstToken(
    '95th percentile of the time to the first token of the served models, as vLLM measures it: queue and prompt. Models of other providers are left out',
    'No requests to vLLM yet, or vLLM is not up: its target on the Prometheus dashboard shows the error',
    quantileOf(0.95, 'vllm:time_to_first_token_seconds_bucket', { range: RATE, matchers: CHOSEN_SERVED, by: [] }),
  );

/** The wait for an answer to begin, where services report it. */
export const firstTokenOfSpans = (): Values =>
  firstToken(
    '95th percentile of the time to the first chunk of a streamed answer of the chosen models, as services report it on their spans',
    'No streamed answers, or no service reports gen_ai.response.time_to_first_chunk on its spans',
    quantileOf(0.95, FIRST_CHUNK_BUCKET, { ...CHOSEN, by: [] }),
  );

/** @param matchers more label matchers, without braces. @default - all calls */
export const llmP95ByModel = (matchers?: string): Lines => ({
  kind: 'lines',
  title: '95th percentile of model calls',
  description: 'Nineteen of twenty calls to the model took no longer, to the last token',
  unit: UNITS.wholeSeconds,
  noData: NO_LLM_SPANS,
  queries: [
    {
      expr: operationQuantile(0.95, { range: RATE, ...(matchers !== undefined && { matchers }) }),
      legend: PROVIDER_AND_MODEL,
    },
  ],
  links: [toModel],
});

/** That of the chosen models. @param caller the service that calls models; undefined if several may */
export const p95ByModel = (caller: string | undefined): Lines => ({
  ...llmP95ByModel(CHOSEN.matchers),
  links: modelLinks(caller),
});

const quantiles = (): Lines => ({
  kind: 'lines',
  title: 'Duration of calls',
  description:
    'How long half, 95 % and 99 % of the calls to the chosen models take, to the last token. Failed and stopped calls count',
  unit: UNITS.wholeSeconds,
  noData: NO_LLM_SPANS,
  queries: [
    { expr: operationQuantile(0.5, { ...CHOSEN, by: [] }), legend: 'half' },
    { expr: operationQuantile(0.95, { ...CHOSEN, by: [] }), legend: '95 %' },
    { expr: operationQuantile(0.99, { ...CHOSEN, by: [] }), legend: '99 %' },
  ],
});

const heatmap = (): Heatmap => ({
  kind: 'heatmap',
  title: 'Durations of calls',
  description:
    'How many calls a second fall between two bounds. Two bands are two kinds of calls: streamed and short ones',
  unit: UNITS.wholeSeconds,
  cells: UNITS.callsPerSecond,
  noData: NO_LLM_SPANS,
  queries: [
    {
      expr: sumBy(['le'], `rate(${selector(`${OPERATION_DURATION}_bucket`, CHOSEN.matchers)}[${RATE}])`),
      legend: '{{le}}',
    },
  ],
});

const firstChunk = (): Lines => ({
  kind: 'lines',
  title: 'Time to the first chunk by model',
  description: 'How long users wait for a streamed answer to begin: the 95th percentile, where spans report it',
  unit: UNITS.wholeSeconds,
  noData: 'No call has reported gen_ai.response.time_to_first_chunk. llm-api never does; vLLM measures its own',
  queries: [{ expr: quantileOf(0.95, FIRST_CHUNK_BUCKET, { ...CHOSEN, by: BY_MODEL }), legend: PROVIDER_AND_MODEL }],
  links: [toModel],
});

const writingSpeed = (): Lines => ({
  kind: 'lines',
  title: 'Writing speed by model',
  description:
    'Output tokens for each second that answers of the model took, the wait for the first token included: what a user feels. Calls that failed or were stopped are left out',
  unit: UNITS.tokensPerSecond,
  noData: NO_LLM_SPANS,
  queries: [{ expr: `1 / (${secondsPerToken(CHOSEN)})`, legend: PROVIDER_AND_MODEL }],
  links: [toModel],
});

/** How durations are spread. */
export const durationRow = (): Row => ({
  title: 'How are durations spread?',
  closed: true,
  panels: [heatmap(), quantiles(), writingSpeed(), firstChunk()],
});
