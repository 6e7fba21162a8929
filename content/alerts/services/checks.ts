/** Labels of every alert on what is made from spans: Alertmanager holds it back while the Collector refuses data. */
export const FROM_SPANS = { signal: 'spans' } as const;
