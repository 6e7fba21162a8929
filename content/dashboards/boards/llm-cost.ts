/** Panels of LLM serving: the cost of models, from the prices in the configuration. */

import { TOKEN_USAGE } from '../../../metrics/gen-ai';
import { selector, sumBy } from '../../../metrics/spans';
import type { Prices } from '../../settings';
import { NO_LLM_SPANS } from '../parts/no-data';
import { RATE, SHOWN } from '../parts/range';
import type { Lines, Row, Values } from '../spec';
import type { Unit } from '../units';
import { CHOSEN } from './llm-calls';

const MODEL = ['gen_ai_request_model'];
const UNPRICED = 'Models without a price in grafana.prices are left out: their cost is not known, which is not 0';
const NO_COST = `${NO_LLM_SPANS}. Do the models in grafana.prices have the names that spans have?`;

/** Whether any model has a price. */
export const hasPrices = ({ models }: Prices): boolean => models.length > 0;

/** Grafana's unit of the currency of the prices. */
export const currencyOf = ({ currency }: Prices): Unit => `currency${currency}`;

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

const costAnHour = (prices: Prices, by: readonly string[], matchers?: string) =>
  cost(prices, by, (series) => `rate(${series}[${RATE}]) * 3600`, matchers);

/** PromQL: the cost of the chosen models in the time range of the dashboard. */
export const costShown = (prices: Prices, by: readonly string[]): string =>
  cost(prices, by, (series) => `increase(${series}[${SHOWN}])`, CHOSEN.matchers);

/** Cost now; no panel if no model has a price. */
export const costNow = (prices: Prices): Values[] =>
  hasPrices(prices)
    ? [
        {
          kind: 'stat',
          title: 'Cost an hour',
          description: `What an hour at the present rate of the chosen models costs. ${UNPRICED}`,
          unit: currencyOf(prices),
          limits: null,
          noData: NO_COST,
          queries: [{ expr: costAnHour(prices, [], CHOSEN.matchers), legend: 'cost an hour' }],
        },
      ]
    : [];

/**
 * Cost per hour; no panel if no model has a price.
 * @param matchers more label matchers, without braces. @default - all calls
 */
export const costByHour = (prices: Prices, matchers?: string): Lines[] =>
  hasPrices(prices)
    ? [
        {
          kind: 'lines',
          title: 'Cost an hour by model',
          description: `What an hour at the present rate costs. ${UNPRICED}`,
          unit: currencyOf(prices),
          noData: NO_COST,
          stacked: true,
          queries: [{ expr: costAnHour(prices, MODEL, matchers), legend: '{{gen_ai_request_model}}' }],
        },
      ]
    : [];

const costOfTimeShown = (prices: Prices): Values => ({
  kind: 'bars',
  title: 'Cost of the time shown',
  description: `What the tokens of the chosen models in the time range of the dashboard cost, all and by model. ${UNPRICED}`,
  unit: currencyOf(prices),
  limits: null,
  noData: NO_COST,
  queries: [
    { expr: costShown(prices, []), legend: 'all of them' },
    { expr: costShown(prices, MODEL), legend: '{{gen_ai_request_model}}' },
  ],
});

/** Cost, by model; no row if no model has a price. */
export const costRows = (prices: Prices): Row[] =>
  hasPrices(prices)
    ? [
        {
          title: 'What does it cost?',
          closed: true,
          panels: [...costByHour(prices, CHOSEN.matchers), costOfTimeShown(prices)],
        },
      ]
    : [];
