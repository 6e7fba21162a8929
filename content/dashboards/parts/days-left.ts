import { SHOWN } from './range';

/** Seconds of a day. */
const DAY = 86_400;

/**
 * Days until nothing is left of something that goes on shrinking as in the time range of the dashboard; no value for what does not shrink.
 * @param free a selector of what is left
 * @param by labels of the result
 */
export const daysLeft = (free: string, by: string): string =>
  `min by (${by}) (${free} / -(deriv(${free}[${SHOWN}]) < 0)) / ${DAY}`;
