import type { Metric } from '../metric';

/** Every metric that is known, by emitter. */
export const METRICS: readonly Metric[] = [];
