/** A service that was busy and falls silent. */

import { sumBy } from '../../../metrics/spans';
import type { AlertTest, TestSeries } from '../alert';
import { growing } from '../test-series';

/**
 * PromQL: a counter that has stood still, or has been missing, for half an hour, and had grown in the day before that.
 * @param counter a selector
 * @param perHour how much an hour it must have grown in that day, on average
 */
export function fellSilent(counter: string, by: readonly string[], perHour: number): string {
  const before = sumBy(by, `increase(${counter}[1d] offset 30m)`);
  return `${before} > ${24 * perHour} unless ${sumBy(by, `rate(${counter}[30m])`)} > 0`;
}

/** More an hour than any threshold. */
const BUSY = 5000;

/**
 * Its test: the counter ends an hour before, or goes on.
 * @param others what goes on all the same, and is no traffic
 */
export const silence = (series: string, others: TestSeries): AlertTest => ({
  fires: { ...others, [series]: `0+${BUSY}x120` },
  quiet: { [series]: growing(BUSY) },
});
