/** Labels of every alert on metrics from spans: Alertmanager inhibits it while the Collector refuses data. */
export const FROM_SPANS = { signal: 'spans' } as const;
