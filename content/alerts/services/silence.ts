/** A service that had requests and no longer gets any. */

import { sumBy } from '../../../metrics/spans';
import type { AlertTest, TestSeries } from '../alert';
import { growing } from '../test-series';

/**
 * PromQL: a counter that has not grown, or has been missing, for half an hour, and had grown in the day before.
 * @param counter a selector
 * @param perHour its minimum average growth per hour in that day
 */
export function fellSilent(counter: string, by: readonly string[], perHour: number): string {
  const before = sumBy(by, `increase(${counter}[1d] offset 30m)`);
  return `${before} > ${24 * perHour} unless ${sumBy(by, `rate(${counter}[30m])`)} > 0`;
}

/** Growth per hour, above any threshold. */
const BUSY = 5000;

/**
 * Its test: the counter stops an hour before the evaluation, or continues.
 * @param others series that continue although there is no traffic
 */
export const silence = (series: string, others: TestSeries): AlertTest => ({
  fires: { ...others, [series]: `0+${BUSY}x120` },
  quiet: { [series]: growing(BUSY) },
});
