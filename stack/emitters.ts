import { METRICS } from '../metrics/catalogue/index';
import type { Emitter, Metric } from '../promql/metric';
import { ALL_COMPONENTS, type Settings } from './settings';

/** Who emits metrics in an environment: an alert or a panel that names another emitter's metrics is not rendered. */
export const emittersOf = (settings: Settings): ReadonlySet<Emitter> =>
  new Set(ALL_COMPONENTS.flatMap(({ key, emits }) => emits?.(settings[key as keyof Settings]) ?? []));

/** The catalogue of metrics, and what components add to it. */
export const ALL_METRICS: readonly Metric[] = [...METRICS, ...ALL_COMPONENTS.flatMap(({ metrics }) => metrics ?? [])];
