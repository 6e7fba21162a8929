/** Alerts on error budgets that are spent too fast: the multi-window, multi-burn-rate ones of the SRE workbook, chapter 5. */

import type { Slo } from '../../config/schema/slos';
import { seconds } from '../../config/units';
import { asTemplateText } from '../../promql/templates/text';
import type { AlertContext, AlertDefinition, AlertGroup, AlertRule, AlertTest } from '../alerts/alert';
import { always } from '../alerts/test-series';
import { BURN_WINDOWS, type BurnWindows, budgetOf, exact, labelsOf, SLO_GROUP, SLO_SERIES } from './budget';
import { slosOf } from './defaults';
import { countsSpans } from './indicator';
import { burnRunbook, noDataRunbook, spentRunbook } from './runbooks';

interface Burn extends Pick<AlertDefinition, 'name' | 'severity' | 'for'> {
  readonly windows: BurnWindows;
  /** How many times as fast as the window allows. */
  readonly factor: number;
}

const sloLabels = (slo: Slo) => labelsOf(slo, countsSpans(slo.indicator));
const of = (slo: Slo) => `{slo="${slo.name}"}`;

/** The highest possible burn rate: with every event bad. An alert above it could never fire. */
const fastestBurn = (slo: Slo) => 1 / budgetOf(slo);
const withinReach = (factor: number, { config }: AlertContext) =>
  slosOf(config).filter((slo) => fastestBurn(slo) > factor);

/**
 * Factors and windows are the same for every period, as severity follows from the time until the budget is used up: the period divided by
 * the factor. The share of the budget that is used when the alert fires differs, and is part of the description.
 */
function burnRule(slo: Slo, factor: number, { long, short }: BurnWindows): AlertRule {
  const limit = `${factor} * ${budgetOf(slo)}`;
  const spent = exact((100 * factor * seconds(long)) / seconds(slo.window)).toPrecision(2);
  const hours = Math.round(seconds(slo.window) / factor / 3600);
  return {
    expr: `${SLO_SERIES.errorRatio(long)}${of(slo)} > ${limit} and ${SLO_SERIES.errorRatio(short)}${of(slo)} > ${limit}`,
    summary: `${slo.service}: the error budget of ${slo.name} is spent ${factor} times too fast`,
    description: `${asTemplateText(slo.description)}. ${slo.objective} % of ${slo.window} was promised. ${long} at this rate takes ${Number(spent)} % of the budget; all of it is gone after ${hours} hours.`,
    labels: sloLabels(slo),
  };
}

/** The recorded rates of one objective. Tests use them instead of its counters, so that one test fits every indicator. */
const rates = (slo: Slo, badShare: number) => {
  const labels = Object.entries(sloLabels(slo)).map(([name, value]) => `${name}="${value}"`);
  return {
    [`${SLO_SERIES.total}{${labels.join(',')}}`]: always(10),
    [`${SLO_SERIES.bad}{${labels.join(',')}}`]: always(10 * badShare),
  };
};
const allRates = (slos: readonly Slo[], badShare: (slo: Slo) => number) =>
  Object.assign({}, ...slos.map((slo) => rates(slo, badShare(slo))));

function burnAlert({ name, severity, for: duration, windows, factor }: Burn): AlertDefinition {
  return {
    name,
    owner: 'services',
    severity,
    for: duration,
    threshold: { value: factor, unit: 'times the rate that spends the budget in its period', min: 0.5, max: 100 },
    rules: (threshold, context) => withinReach(threshold, context).map((slo) => burnRule(slo, threshold, windows)),
    runbook: burnRunbook(windows),
    test: (threshold, context): AlertTest => ({
      fires: allRates(withinReach(threshold, context), () => 1),
      quiet: allRates(withinReach(threshold, context), (slo) => threshold * budgetOf(slo) * 0.9),
    }),
  };
}

/** The error budget is used up: the objective is missed for this period. */
const budgetSpent: AlertDefinition = {
  name: 'SloErrorBudgetSpent',
  owner: 'services',
  severity: 'warning',
  for: '30m',
  rules: (_, { config }) =>
    slosOf(config).map((slo) => ({
      expr: `${SLO_SERIES.remaining}${of(slo)} <= 0`,
      summary: `${slo.service}: nothing is left of the error budget of ${slo.name}`,
      description: `${asTemplateText(slo.description)}. ${slo.objective} % of ${slo.window} was promised, and less was kept.`,
      labels: sloLabels(slo),
    })),
  runbook: spentRunbook,
  test: (_, { config }) => ({
    fires: allRates(slosOf(config), () => 1),
    quiet: allRates(slosOf(config), (slo) => budgetOf(slo) * 0.9),
  }),
};

/** An objective without data: no traffic, or an indicator whose metrics do not exist. */
const noData: AlertDefinition = {
  name: 'SloNoData',
  owner: 'services',
  severity: 'info',
  for: '1h',
  rules: (_, { config }) =>
    slosOf(config).map((slo) => ({
      expr: `${SLO_SERIES.objective}${of(slo)} unless on (slo) last_over_time(${SLO_SERIES.errorRatio('5m')}[1d])`,
      summary: `${slo.service}: ${slo.name} has had no data for a day`,
      description: 'There were no requests, or the metrics of the indicator are not there. Neither is a promise kept.',
      labels: sloLabels(slo),
    })),
  runbook: noDataRunbook,
  test: (_, { config }) => ({ fires: {}, quiet: allRates(slosOf(config), () => 0) }),
};

/**
 * Alerts on all objectives of an environment; none where there are no objectives. They follow the recording rules in the same group, so
 * that each evaluation sees the values that were just recorded.
 */
export const SLO_ALERTS: AlertGroup = {
  name: SLO_GROUP,
  title: 'Service level objectives',
  alerts: [
    burnAlert({
      name: 'SloErrorBudgetBurnFast',
      severity: 'critical',
      for: '2m',
      windows: BURN_WINDOWS.fast,
      factor: 14.4,
    }),
    burnAlert({
      name: 'SloErrorBudgetBurnHigh',
      severity: 'critical',
      for: '15m',
      windows: BURN_WINDOWS.high,
      factor: 6,
    }),
    burnAlert({
      name: 'SloErrorBudgetBurnSteady',
      severity: 'warning',
      for: '30m',
      windows: BURN_WINDOWS.steady,
      factor: 3,
    }),
    burnAlert({
      name: 'SloErrorBudgetBurnSlow',
      severity: 'warning',
      for: '1h',
      windows: BURN_WINDOWS.slow,
      factor: 1,
    }),
    budgetSpent,
    noData,
  ],
};
