/** Table of LLM serving: what each model did in the time range of the dashboard. */
import { DASHBOARD_UIDS } from '../../../lib/dashboard-uids';
import {
  BY_MODEL,
  OPERATION_DURATION,
  operationErrorRatio,
  operationQuantile,
  TOKEN_USAGE,
} from '../../../metrics/gen-ai';
import { selector, sumBy } from '../../../metrics/spans';
import type { Prices } from '../../settings';
import { cell } from '../parts/cells';
import { FAILING } from '../parts/limits';
import { NO_LLM_SPANS } from '../parts/no-data';
import { SHOWN } from '../parts/range';
import type { Link, Table } from '../spec';
import { UNITS } from '../units';
import { CHOSEN } from './llm-calls';
import { costShown, currencyOf, hasPrices } from './llm-cost';

const CHOSEN_SHOWN = { range: SHOWN, matchers: CHOSEN.matchers, by: BY_MODEL } as const;

/** Counts are whole numbers: `increase` extrapolates. */
const shown = (metric: string, ...matchers: readonly string[]) =>
  `round(${sumBy(BY_MODEL, `increase(${selector(metric, CHOSEN.matchers, ...matchers)}[${SHOWN}])`)})`;

/** The columns of a table are its fields, by their headings. */
const TO_ROW: Link = {
  title: 'Calls to this model',
  dashboard: DASHBOARD_UIDS.llm,
  variables: { model: cell('Model'), provider: cell('Provider') },
};

export const usageByModel = (prices: Prices): Table => ({
  kind: 'table',
  title: 'Usage by model',
  description:
    'What each model did in the time range of the dashboard: calls, the share of them that failed, duration, tokens, cost. A share and a duration are missing where there was no call. Where a model has no price in grafana.prices, its cost is not known',
  unit: UNITS.count,
  noData: NO_LLM_SPANS,
  width: 16,
  columns: { gen_ai_request_model: 'Model', gen_ai_provider_name: 'Provider' },
  queries: [
    { expr: shown(`${OPERATION_DURATION}_count`), legend: 'Calls' },
    { expr: operationErrorRatio(CHOSEN_SHOWN), legend: 'Failing' },
    // NaN, where a model had no calls, is not above 0.
    { expr: `${operationQuantile(0.95, CHOSEN_SHOWN)} > 0`, legend: '95th percentile' },
    { expr: shown(`${TOKEN_USAGE}_sum`, 'gen_ai_token_type="input"'), legend: 'Input tokens' },
    { expr: shown(`${TOKEN_USAGE}_sum`, 'gen_ai_token_type="output"'), legend: 'Output tokens' },
    ...(hasPrices(prices) ? [{ expr: costShown(prices, BY_MODEL), legend: 'Cost' }] : []),
  ],
  cells: {
    Calls: { show: 'bar', width: 150 },
    Failing: { show: 'colour', unit: UNITS.share, limits: FAILING, width: 90 },
    '95th percentile': { unit: UNITS.wholeSeconds, width: 130 },
    'Output tokens': { width: 125 },
    ...(hasPrices(prices) && { Cost: { unit: currencyOf(prices), empty: 'no price', width: 90 } }),
  },
  sortBy: 'Calls',
  links: [TO_ROW],
});
