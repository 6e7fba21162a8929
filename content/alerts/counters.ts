/** PromQL on counters that do not exist before their first event, for alerts and panels. */

/** The range of counters in alerts. It spans four scrapes at the longest possible scrape interval, 2m, and one more for a failed scrape. */
export const RANGE = '10m';

/**
 * Whether a counter has grown that does not exist before its first event: `increase` needs two samples, and misses the event that created
 * the series. If the target was scraped before and had no such series, the series is new.
 * @param counter the counter, with its selectors; it must have the target's job and instance labels
 * @param labels the labels of the result
 * @param range the time in which it has grown
 * @param up a selector of the targets
 */
export const hasGrown = (counter: string, labels: readonly string[], range = RANGE, up = 'up'): string => {
  const by = `by (${labels.join(', ')})`;
  const isNew = `(${counter} unless ${counter} offset ${range}) and on (job, instance) (${up} offset ${range})`;
  return `sum ${by} (increase(${counter}[${range}])) > 0 or group ${by} (${isNew})`;
};
