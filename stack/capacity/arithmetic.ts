/** The arithmetic of an environment's sizes, for `npm run capacity` and `docs/capacity.md`. */
import type { Settings } from '../settings';
import { current, type Value, valueFor } from './apply';
import { COEFFICIENTS, type CoefficientName, MEASURED } from './coefficients';
import { badgerRate } from './jaeger-sizes';
import { SIZES } from './sizes';

/** A size, and how it is computed. */
export interface Computed {
  readonly path: string;
  /** The value that is rendered. */
  readonly value: Value;
  /** The smallest one that the load allows. */
  readonly least: Value;
  readonly steps: readonly string[];
  readonly uses: readonly CoefficientName[];
}

/** Every size that has a meaning with these settings, in the order in which they are computed; none without a capacity. */
export function computedSizes(settings: Settings): readonly Computed[] {
  const { capacity } = settings;
  if (capacity === null) return [];
  return SIZES.flatMap((size) => {
    const least = size.least(settings, capacity);
    if (least === null) return [];
    const { value, steps, uses } = least;
    return [{ path: size.path, value: current(settings, size), least: valueFor(size, value), steps, uses }];
  });
}

/** The load in words, and the highest rate of badger where that is the store. */
export function loadOf({ capacity, jaeger }: Settings): readonly string[] {
  if (capacity === null) return [];
  const { spansPerSecond, spanBytes, series, bridgeOutage } = capacity;
  return [
    `${spansPerSecond} spans a second of ${spanBytes} bytes, ${series} series, ${bridgeOutage} without Jaeger`,
    ...(jaeger.store.type === 'badger' ? [`badger: ${badgerRate(capacity).steps.join('; ')} at most`] : []),
  ];
}

/** Where a coefficient comes from, in words. */
export function sourceOf(name: CoefficientName): string {
  const { source } = COEFFICIENTS[name];
  return source === 'measured' ? `measured ${MEASURED.on} by ${MEASURED.by}` : source;
}

/** Each coefficient that some sizes use, once, in the order of their file. */
export const usedBy = (sizes: readonly Pick<Computed, 'uses'>[]): readonly CoefficientName[] =>
  (Object.keys(COEFFICIENTS) as CoefficientName[]).filter((name) => sizes.some(({ uses }) => uses.includes(name)));
