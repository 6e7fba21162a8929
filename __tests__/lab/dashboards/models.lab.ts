/** What LLM serving shows of models that are called, that fail, and that are not called, in the real promtool. */
import { llmServing } from '../../../content/dashboards/boards/llm';
import { configFrom } from '../../support';
import { show } from './judging';

const PRICES = `
grafana:
  prices: { currency: EUR, models: [{ model: gpt-4o, inputPerMillion: 2.5, outputPerMillion: 10 }] }
`;
const GPT = 'gen_ai_provider_name="OpenAI",gen_ai_request_model="gpt-4o"';
const JAN = 'gen_ai_provider_name="vLLM",gen_ai_request_model="jan-v1"';
const IDLE = 'gen_ai_provider_name="vLLM",gen_ai_request_model="idle"';
const DURATION = 'gen_ai_client_operation_duration_seconds';
const tokens = (labels: string, type: string) => `gen_ai_client_token_usage_sum{${labels},gen_ai_token_type="${type}"}`;
const completions = (status: string) =>
  `traces_span_metrics_calls_total{service_name="llm-api",span_kind="SPAN_KIND_SERVER",http_route="/v1/chat/completions",http_response_status_code="${status}"}`;
const fallbacks = (labels: string) => `jan_completion_fallbacks_total{service_name="llm-api"${labels}}`;

/** 30 in half a minute are one a second. The range that is shown is the last hour of two. */
const SERIES = {
  [`${DURATION}_count{${GPT}}`]: '0+3x240',
  [`${DURATION}_count{${GPT},error_type="500"}`]: '0+1x240',
  // It begins within the range that is shown, so that what `increase` extrapolates is no whole number.
  [`${DURATION}_count{${GPT},error_type="canceled"}`]: '_x140 9+5x100',
  [`${DURATION}_count{${JAN}}`]: '0+5x240',
  [`${DURATION}_count{${IDLE}}`]: '7x240',
  // All calls take between 1.28 s and 2.56 s.
  ...Object.fromEntries(
    [GPT, JAN].flatMap((labels) => [
      [`${DURATION}_bucket{${labels},le="1.28"}`, '0+0x240'],
      [`${DURATION}_bucket{${labels},le="2.56"}`, '0+8x240'],
      [`${DURATION}_bucket{${labels},le="+Inf"}`, '0+8x240'],
    ]),
  ),
  [`${DURATION}_bucket{${IDLE},le="2.56"}`]: '7x240',
  [`${DURATION}_bucket{${IDLE},le="+Inf"}`]: '7x240',
  [tokens(GPT, 'input')]: '0+2000x240',
  [tokens(GPT, 'output')]: '0+300x240',
  [tokens(JAN, 'input')]: '0+600x240',
  [tokens(JAN, 'output')]: '0+60x240',
  [completions('200')]: '0+20x240',
  [completions('401')]: '0+900x240',
  [fallbacks(`,${GPT}`)]: '0+1x240',
  [fallbacks(`,${JAN}`)]: '0x240',
  // Before a provider was selected.
  [fallbacks('')]: '0+2x240',
};

const serving = (model = '.*', provider = '.*') => ({
  dashboard: llmServing(configFrom(PRICES)),
  chosen: { model, provider },
  series: SERIES,
});
const one = (value: number) => ({ '{}': value });

describe('the table of usage', () => {
  test('has one row for each model, with whole numbers and nothing where there is nothing to say', () =>
    show(serving(), {
      'Usage by model': {
        Calls: { [`{${GPT}}`]: 983, [`{${JAN}}`]: 600, [`{${IDLE}}`]: 0 },
        Failing: { [`{${GPT}}`]: 0.25, [`{${JAN}}`]: 0 },
        '95th percentile': { [`{${GPT}}`]: 2.496, [`{${JAN}}`]: 2.496 },
        'Input tokens': { [`{${GPT}}`]: 240_000, [`{${JAN}}`]: 72_000 },
        'Output tokens': { [`{${GPT}}`]: 36_000, [`{${JAN}}`]: 7200 },
        Cost: { [`{${GPT}}`]: 0.96 },
      },
    }));

  test('has the row of a chosen model', () =>
    show(serving('jan-v1'), {
      'Usage by model': {
        Calls: { [`{${JAN}}`]: 600 },
        Failing: { [`{${JAN}}`]: 0 },
        '95th percentile': { [`{${JAN}}`]: 2.496 },
        'Input tokens': { [`{${JAN}}`]: 72_000 },
        Cost: {},
      },
    }));

  test('has the rows of a chosen provider', () =>
    show(serving('.*', 'vLLM'), {
      'Usage by model': {
        Calls: { [`{${JAN}}`]: 600, [`{${IDLE}}`]: 0 },
        'Output tokens': { [`{${JAN}}`]: 7200 },
        Cost: {},
      },
    }));
});

describe('the state', () => {
  test('is that of all models. A request that was refused is no completion, and not every fallback has a model', () =>
    show(serving(), { 'Failing calls': one(0.1111), 'Cost an hour': one(0.96), Fallbacks: one(0.15) }));

  test.each([
    ['gpt-4o', 0.25, 10, one(0.96), 0.05],
    ['jan-v1', 0, 2, {}, 0],
  ])('is that of %s alone', (model, failing, written, cost, fallback) =>
    show(serving(model), {
      'Failing calls': one(failing),
      'Output tokens': one(written),
      'Cost an hour': cost,
      Fallbacks: one(fallback),
    }),
  );
});
