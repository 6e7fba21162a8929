/** What LLM serving shows of models that are called, that fail, and that are not called, in the real promtool. */
import { llmServing } from '../../../content/dashboards/boards/llm';
import { configFrom } from '../../support';
import { type Expected, panelOf, returns, type Series } from './panels';

const PRICES = `
grafana:
  prices: { currency: EUR, models: [{ model: gpt-4o, inputPerMillion: 2.5, outputPerMillion: 10 }] }
`;
const board = llmServing(configFrom(PRICES));
const GPT = 'gen_ai_provider_name="OpenAI",gen_ai_request_model="gpt-4o"';
const JAN = 'gen_ai_provider_name="vLLM",gen_ai_request_model="jan-v1"';
const IDLE = 'gen_ai_provider_name="vLLM",gen_ai_request_model="idle"';
const DURATION = 'gen_ai_client_operation_duration_seconds';
const tokens = (labels: string, type: string) => `gen_ai_client_token_usage_sum{${labels},gen_ai_token_type="${type}"}`;
const completions = 'traces_span_metrics_calls_total{service_name="llm-api",span_kind="SPAN_KIND_SERVER"';
const fallbacks = (labels: string) => `jan_completion_fallbacks_total{service_name="llm-api"${labels}}`;

const SERIES: Series = {
  [`${DURATION}_count{${GPT}}`]: '0+3x120',
  [`${DURATION}_count{${GPT},error_type="500"}`]: '0+1x120',
  // It begins in the middle, so that what `increase` extrapolates is no whole number.
  [`${DURATION}_count{${GPT},error_type="canceled"}`]: '_x20 9+5x100',
  [`${DURATION}_count{${JAN}}`]: '0+5x120',
  [`${DURATION}_count{${IDLE}}`]: '7x120',
  // All calls take between 1.28 s and 2.56 s.
  ...Object.fromEntries(
    [GPT, JAN].flatMap((labels) => [
      [`${DURATION}_bucket{${labels},le="1.28"}`, '0+0x120'],
      [`${DURATION}_bucket{${labels},le="2.56"}`, '0+8x120'],
      [`${DURATION}_bucket{${labels},le="+Inf"}`, '0+8x120'],
    ]),
  ),
  [`${DURATION}_bucket{${IDLE},le="2.56"}`]: '7x120',
  [`${DURATION}_bucket{${IDLE},le="+Inf"}`]: '7x120',
  [tokens(GPT, 'input')]: '0+2000x120',
  [tokens(GPT, 'output')]: '0+300x120',
  [tokens(JAN, 'input')]: '0+600x120',
  [tokens(JAN, 'output')]: '0+60x120',
  [`${completions},http_route="/v1/chat/completions",http_response_status_code="200"}`]: '0+20x120',
  [`${completions},http_route="/v1/chat/completions",http_response_status_code="401"}`]: '0+900x120',
  [fallbacks(`,${GPT}`)]: '0+1x120',
  [fallbacks(`,${JAN}`)]: '0x120',
  // Before a provider was selected.
  [fallbacks('')]: '0+2x120',
};

describe('the table of usage', () => {
  const panel = panelOf(board, 'Usage by model');
  const column = (legend: string, samples: Expected['samples']): Expected => ({ panel, legend, samples });

  test('has one row for each model, with whole numbers and nothing where there is nothing to say', () =>
    returns(SERIES, [
      column('Calls', { [`{${GPT}}`]: 983, [`{${JAN}}`]: 600, [`{${IDLE}}`]: 0 }),
      column('Failing', { [`{${GPT}}`]: 0.25, [`{${JAN}}`]: 0 }),
      column('95th percentile', { [`{${GPT}}`]: 2.496, [`{${JAN}}`]: 2.496 }),
      column('Input tokens', { [`{${GPT}}`]: 240_000, [`{${JAN}}`]: 72_000 }),
      column('Output tokens', { [`{${GPT}}`]: 36_000, [`{${JAN}}`]: 7200 }),
      column('Cost', { [`{${GPT}}`]: 0.96 }),
    ]));

  test('has the rows of the chosen models and providers', () => {
    const of = (chosen: NonNullable<Expected['chosen']>, legend: string, samples: Expected['samples']): Expected => ({
      ...column(legend, samples),
      chosen,
    });
    return returns(SERIES, [
      of({ model: 'jan-v1' }, 'Calls', { [`{${JAN}}`]: 600 }),
      of({ model: 'jan-v1' }, 'Failing', { [`{${JAN}}`]: 0 }),
      of({ model: 'jan-v1' }, '95th percentile', { [`{${JAN}}`]: 2.496 }),
      of({ model: 'jan-v1' }, 'Input tokens', { [`{${JAN}}`]: 72_000 }),
      of({ model: 'jan-v1' }, 'Cost', {}),
      of({ provider: 'vLLM' }, 'Calls', { [`{${JAN}}`]: 600, [`{${IDLE}}`]: 0 }),
      of({ provider: 'vLLM' }, 'Output tokens', { [`{${JAN}}`]: 7200 }),
      of({ provider: 'vLLM' }, 'Cost', {}),
    ]);
  });
});

test('the state is that of the chosen models', () => {
  const state = (title: string, legend: string, model: string, value: number | null): Expected => ({
    panel: panelOf(board, title),
    legend,
    chosen: { model },
    samples: value === null ? {} : { '{}': value },
  });
  return returns(SERIES, [
    state('Failing calls', 'failing', '.*', 0.1111),
    state('Failing calls', 'failing', 'gpt-4o', 0.25),
    state('Calls', 'calls', 'jan-v1', 0.1667),
    state('Input tokens', 'input', 'jan-v1', 20),
    state('Output tokens', 'output', 'gpt-4o', 10),
    state('Cost an hour', 'cost an hour', '.*', 0.96),
    state('Cost an hour', 'cost an hour', 'jan-v1', null),
    // Requests that were refused are no completions; a fallback without a model is seen with All only.
    state('Fallbacks', 'fallbacks', '.*', 0.15),
    state('Fallbacks', 'fallbacks', 'gpt-4o', 0.05),
    state('Fallbacks', 'fallbacks', 'jan-v1', 0),
  ]);
});
