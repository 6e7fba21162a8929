/** The alert that always fires: a receiver that no longer gets it knows that alerting is broken. It is about nothing that could be wrong. */
export const WATCHDOG = 'Watchdog';
