import { METRICS } from '../metrics/catalogue/index';
import type { Emitter, Metric } from '../promql/metric';
import { ALL_COMPONENTS, type Settings } from './settings';

/** The emitters of metrics in an environment: an alert or a panel with metrics of another emitter is not rendered. */
export const emittersOf = (settings: Settings): ReadonlySet<Emitter> =>
  new Set(ALL_COMPONENTS.flatMap(({ key, emits }) => emits?.(settings[key as keyof Settings]) ?? []));

/** The catalogue of metrics, with the components' additions. */
export const ALL_METRICS: readonly Metric[] = [...METRICS, ...ALL_COMPONENTS.flatMap(({ metrics }) => metrics ?? [])];
