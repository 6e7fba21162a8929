/** Seconds of a day. */
const DAY = 86_400;

/**
 * Days until nothing is left of something that goes on shrinking as in the last six hours; no value for what does not shrink. The alerts
 * on claims and disks look at the same six hours.
 * @param free a selector of what is left
 * @param by labels of the result
 */
export const daysLeft = (free: string, by: string): string =>
  `min by (${by}) (${free} / -(deriv(${free}[6h]) < 0)) / ${DAY}`;
