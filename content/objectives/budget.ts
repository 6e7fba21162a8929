import type { Slo } from '../../config/schema/slos';

/** Labels of every series of an objective, and of its alerts. */
export function labelsOf(slo: Slo, fromSpans: boolean): Readonly<Record<string, string>> {
  return {
    slo: slo.name,
    service: slo.service,
    // Alertmanager inhibits these alerts while the Collector refuses data, because data that is sent again is counted again.
    ...(fromSpans && { signal: 'spans' }),
    ...(slo.sampled === 'accepted' && { sampled: 'true' }),
  };
}

/** Share of events that may be bad, 0 to 1: 99.5 % leave 0.005. */
export const budgetOf = ({ objective }: Slo): number => exact((100 - objective) / 100);

/** A number without the last digits of binary fractions: 0.005 rather than 0.0050000000000000044. */
export const exact = (value: number): number => Number(value.toPrecision(12));

/** Group of the recording rules, and of the alerts behind them. */
export const SLO_GROUP = 'slo';

/** Names of recorded series, the same as sloth's, so that its dashboards work (https://github.com/slok/sloth). */
export const SLO_SERIES = {
  /** Share of bad events over a window, as `5m`. */
  errorRatio: (window: string) => `slo:sli_error:ratio_rate${window}`,
  objective: 'slo:objective:ratio',
  budget: 'slo:error_budget:ratio',
  burnRate: 'slo:current_burn_rate:ratio',
  remaining: 'slo:period_error_budget_remaining:ratio',
  /** Events and bad events per second, from which the ratios of all windows are computed. */
  total: 'slo:sli_total:rate',
  bad: 'slo:sli_bad:rate',
} as const;

/** A pair of windows: the alert fires if the burn rate is too high over both, so it starts soon and ends soon. */
export interface BurnWindows {
  readonly long: string;
  readonly short: string;
}

/** The pairs of chapter 5 of the SRE workbook (https://sre.google/workbook/alerting-on-slos/, table 5-8). */
export const BURN_WINDOWS = {
  fast: { long: '1h', short: '5m' },
  high: { long: '6h', short: '30m' },
  steady: { long: '1d', short: '2h' },
  slow: { long: '3d', short: '6h' },
} as const satisfies Record<string, BurnWindows>;
