/** Panels of LLM serving: the cost of models, from the prices in the configuration. */

import { OPERATION_DURATION, TOKEN_USAGE } from '../../../metrics/gen-ai';
import { selector, sumBy } from '../../../metrics/spans';
import type { Prices } from '../../settings';
import { NO_LLM_SPANS } from '../parts/no-data';
import { RATE, SHOWN } from '../parts/range';
import type { Lines, Query, Row, Table, Values } from '../spec';
import { CHOSEN } from './llm-calls';

const MODEL = ['gen_ai_request_model'];
const UNPRICED = 'Models without a price in grafana.prices are left out: their cost is not known, which is not 0';

/** The cost of tokens, as a sum over models. `or` returns every term completely: no two have the same model and type of token. */
function cost(
  { models }: Prices,
  by: readonly string[],
  tokens: (series: string) => string,
  matchers?: string,
): string {
  const terms = models.flatMap(({ model, inputPerMillion, outputPerMillion }) =>
    Object.entries({ input: inputPerMillion, output: outputPerMillion }).map(([type, price]) => {
      const series = selector(
        `${TOKEN_USAGE}_sum`,
        `gen_ai_request_model="${model}"`,
        `gen_ai_token_type="${type}"`,
        matchers,
      );
      return `${tokens(series)} * ${price} / 1e6`;
    }),
  );
  return sumBy(by, terms.join(' or '));
}

/** Cost per hour; undefined if no model has a price. */
export const costByHour = (prices: Prices, matchers?: string): Lines[] =>
  prices.models.length === 0
    ? []
    : [
        {
          kind: 'lines',
          title: 'Cost an hour by model',
          description: `What an hour at the present rate costs. ${UNPRICED}`,
          unit: unitOf(prices),
          noData: `${NO_LLM_SPANS}. Do the models in grafana.prices have the names that spans have?`,
          stacked: true,
          queries: [
            {
              expr: cost(prices, MODEL, (series) => `rate(${series}[${RATE}]) * 3600`, matchers),
              legend: '{{gen_ai_request_model}}',
            },
          ],
        },
      ];

/** Grafana's unit of a currency. */
const unitOf = ({ currency }: Prices) => `currency${currency}`;

/** Cost, by model. */
export const costRow = (prices: Prices): Row => ({
  title: 'Cost',
  panels: [usageByModel(prices), ...costByHour(prices, CHOSEN.matchers), ...costNow(prices)],
});

const costNow = (prices: Prices): Values[] =>
  prices.models.length === 0
    ? []
    : [
        {
          kind: 'stat',
          title: 'Cost of the time shown',
          description: `What the tokens of the chosen models in the time range of the dashboard cost. ${UNPRICED}`,
          unit: unitOf(prices),
          noData: NO_LLM_SPANS,
          queries: [
            { expr: cost(prices, [], (series) => `increase(${series}[${SHOWN}])`, CHOSEN.matchers), legend: 'cost' },
          ],
        },
      ];

const shown = (metric: string, ...matchers: readonly string[]) =>
  sumBy(MODEL, `increase(${selector(metric, CHOSEN.matchers, ...matchers)}[${SHOWN}])`);

const usageByModel = (prices: Prices): Table => ({
  kind: 'table',
  title: 'Usage by model',
  description:
    'Calls, tokens and cost of each model in the time range of the dashboard. Where a model has no price in grafana.prices, its cost is not known',
  unit: 'short',
  noData: NO_LLM_SPANS,
  width: 24,
  columns: { gen_ai_request_model: 'Model' },
  queries: [
    { expr: shown(`${OPERATION_DURATION}_count`), legend: 'Calls' },
    { expr: shown(`${TOKEN_USAGE}_sum`, 'gen_ai_token_type="input"'), legend: 'Prompt tokens' },
    { expr: shown(`${TOKEN_USAGE}_sum`, 'gen_ai_token_type="output"'), legend: 'Completion tokens' },
    ...costColumn(prices),
  ],
  units: { Cost: unitOf(prices) },
  empty: { Cost: 'no price' },
  sortBy: 'Calls',
});

const costColumn = (prices: Prices): Query[] =>
  prices.models.length === 0
    ? []
    : [{ expr: cost(prices, MODEL, (series) => `increase(${series}[${SHOWN}])`, CHOSEN.matchers), legend: 'Cost' }];
