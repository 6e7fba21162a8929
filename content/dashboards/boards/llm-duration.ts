/** Panels of LLM serving: how long calls to models take. */
import { BY_MODEL, OPERATION_DURATION, operationQuantile } from '../../../metrics/gen-ai';
import { quantileOf, selector, sumBy } from '../../../metrics/spans';
import { JAN_NOT_SCRAPED, NO_LLM_SPANS } from '../parts/no-data';
import { RATE } from '../parts/range';
import type { Heatmap, Lines, Values } from '../spec';
import { CHOSEN, PROVIDER_AND_MODEL } from './llm-calls';

/** The quantiles that are drawn, and their names. */
const QUANTILES = [
  [0.5, 'half'],
  [0.95, '95 %'],
  [0.99, '99 %'],
] as const;

export const p95Now = (): Values => ({
  kind: 'stat',
  title: '95th percentile',
  description:
    'Nineteen of twenty calls to the chosen models take no longer than this, to the last token: a long answer takes long. See Writing speed by model',
  unit: 's',
  noData: NO_LLM_SPANS,
  queries: [{ expr: operationQuantile(0.95, { ...CHOSEN, by: [] }), legend: '95th percentile' }],
});

export const quantiles = (): Lines => ({
  kind: 'lines',
  title: 'Duration of calls',
  description:
    'How long half, 95 % and 99 % of the calls to the chosen models take, to the last token. Failed and stopped calls count',
  unit: 's',
  noData: NO_LLM_SPANS,
  queries: [quantile(QUANTILES[0]), quantile(QUANTILES[1]), quantile(QUANTILES[2])],
});

const quantile = ([share, legend]: (typeof QUANTILES)[number]) => ({
  expr: operationQuantile(share, { ...CHOSEN, by: [] }),
  legend,
});

export const llmP95ByModel = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of model calls',
  description: 'Nineteen of twenty calls to the model took no longer, to the last token',
  unit: 's',
  noData: NO_LLM_SPANS,
  queries: [{ expr: operationQuantile(0.95, { range: RATE }), legend: PROVIDER_AND_MODEL }],
});

export const durationHeatmap = (): Heatmap => ({
  kind: 'heatmap',
  title: 'Durations of calls',
  description:
    'How many calls a second fall between two bounds. Two bands are two kinds of calls: streamed and short ones',
  unit: 's',
  noData: NO_LLM_SPANS,
  queries: [
    {
      expr: sumBy(['le'], `rate(${selector(`${OPERATION_DURATION}_bucket`, CHOSEN.matchers)}[${RATE}])`),
      legend: '{{le}}',
    },
  ],
});

export const firstChunk = (): Lines => ({
  kind: 'lines',
  title: '95th percentile of the time to the first chunk',
  description: 'How long a user waits for a streamed answer to begin, where the service tells it on its spans',
  unit: 's',
  noData:
    'No streamed answers, or the service does not say gen_ai.response.time_to_first_chunk. llm-api does not: see vLLM below for its own figure',
  queries: [
    {
      expr: quantileOf(0.95, 'gen_ai_client_operation_time_to_first_chunk_seconds_bucket', { ...CHOSEN, by: BY_MODEL }),
      legend: PROVIDER_AND_MODEL,
    },
  ],
});

export const serviceP95 = (): Lines => ({
  kind: 'lines',
  title: '95th percentile as llm-api measures it',
  description:
    "From llm-api's own histogram. It leaves out calls that failed or reported no token usage, so it is there for comparison",
  unit: 's',
  noData: JAN_NOT_SCRAPED,
  queries: [
    {
      expr: `histogram_quantile(0.95, sum by (provider, model, le) (rate(jan_llm_api_llm_duration_seconds_bucket[${RATE}])))`,
      legend: '{{provider}} {{model}}',
    },
  ],
});
