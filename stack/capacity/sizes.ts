/** The sizes that follow from a load. */
import { COLLECTOR_SIZES } from './collector-sizes';
import { JAEGER_SIZES } from './jaeger-sizes';
import { PROMETHEUS_SIZES } from './prometheus-sizes';
import type { Size } from './size';

/** All sizes: each depends only on the load, on keys that are no sizes, and on sizes before it. */
export const SIZES: readonly Size[] = [...COLLECTOR_SIZES, ...JAEGER_SIZES, ...PROMETHEUS_SIZES];
