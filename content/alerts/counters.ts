/** PromQL on counters, for alerts. */

/**
 * The range that alerts look back over. It spans four scrapes at the longest scrape interval that can be configured, 2m, with
 * one more for a scrape that fails.
 */
export const RANGE = '10m';

/**
 * Whether a counter has grown, where its program writes it only from the first event on: `increase` needs two samples, and does
 * not see the event that brought the series into being. Its target was scraped before, so a series that was not there then is new.
 * @param counter the counter, with its selectors; the target's job and instance must be on it
 * @param labels what the result is grouped by
 */
export const hasGrown = (counter: string, labels: readonly string[]): string => {
  const by = `by (${labels.join(', ')})`;
  const isNew = `(${counter} unless ${counter} offset ${RANGE}) and on (job, instance) (up offset ${RANGE})`;
  return `sum ${by} (increase(${counter}[${RANGE}])) > 0 or group ${by} (${isNew})`;
};
